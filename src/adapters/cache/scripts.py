"""What happens inside Redis, at one blow each: nobody ever sees half of a change.

A game has four keys, of one hash slot:
- ranks: a sorted set; the score is a player's rank number, the member their tie in 20 digits and then their id,
- names: a hash; by player's id, their tie in 20 digits and then their name. The field without a name marks a board that
  holds everybody: Redis may lose what it held, and what is written afterwards is not all there is,
- gone: the members that were sent away, who must not come back with an older change,
- restoring: who reads the whole game from the table at the moment.
"""

TIE_DIGITS = 20
# A script may spread at most 8,000 values over the arguments of a command.
MOST_PLAYERS = 2_000

WHOLE = """
local function is_whole(ranks, names)
  return redis.call('HEXISTS', names, '') == 1 and redis.call('HLEN', names) == redis.call('ZCARD', ranks) + 1
end
"""

# KEYS: all four. ARGV: seconds kept, token, seconds to restore, n; n times score and member; n times id and name; the
# members that are gone. Says whether the caller has to restore the board.
WRITE = f"""{WHOLE}
local n = tonumber(ARGV[4])
if n > 0 then
  redis.call('ZADD', KEYS[1], 'GT', unpack(ARGV, 5, 4 + 2 * n))
  redis.call('HSET', KEYS[2], unpack(ARGV, 5 + 2 * n, 4 + 4 * n))
end
if #ARGV > 4 + 4 * n then
  redis.call('SADD', KEYS[3], unpack(ARGV, 5 + 4 * n))
end
for _, member in ipairs(redis.call('SMEMBERS', KEYS[3])) do
  redis.call('ZREM', KEYS[1], member)
  redis.call('HDEL', KEYS[2], string.sub(member, {TIE_DIGITS + 1}))
end
for i = 1, 3 do
  redis.call('EXPIRE', KEYS[i], ARGV[1])
end
if is_whole(KEYS[1], KEYS[2]) then
  return 0
end
redis.call('HDEL', KEYS[2], '')
return redis.call('SET', KEYS[4], ARGV[2], 'NX', 'EX', ARGV[3]) and 1 or 0
"""

# KEYS: ranks, names. ARGV: how many of the best, the player's id or nothing, how many places around them.
# Gives members and scores of the best, the place of the first around the player, the same of those, all names.
READ = f"""{WHOLE}
if not is_whole(KEYS[1], KEYS[2]) then
  return false
end
local ids = {{}}
local function take(first, last)
  local found = redis.call('ZREVRANGE', KEYS[1], first, last, 'WITHSCORES')
  for i = 1, #found, 2 do
    ids[#ids + 1] = string.sub(found[i], {TIE_DIGITS + 1})
  end
  return found
end
local best, around, first = {{}}, {{}}, 0
if tonumber(ARGV[1]) > 0 then
  best = take(0, ARGV[1] - 1)
end
local known = ARGV[2] ~= '' and redis.call('HGET', KEYS[2], ARGV[2])
local place = known and redis.call('ZREVRANK', KEYS[1], string.sub(known, 1, {TIE_DIGITS}) .. ARGV[2])
if place then
  first = math.max(place - ARGV[3], 0)
  around = take(first, place + ARGV[3])
end
local names = #ids > 0 and redis.call('HMGET', KEYS[2], unpack(ids)) or {{}}
return cmsgpack.pack({{best, first, around, names}})
"""

# KEYS: ranks, names. ARGV: member and score as it was seen, again and again; no score for a name without a rank.
# A player whose score has changed meanwhile stays. Versions of Redis spell scores differently, so numbers are compared.
DROP = f"""
local dropped = 0
for i = 1, #ARGV, 2 do
  if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[i]) or '') == tonumber(ARGV[i + 1]) then
    redis.call('ZREM', KEYS[1], ARGV[i])
    local id = string.sub(ARGV[i], {TIE_DIGITS + 1})
    local known = redis.call('HGET', KEYS[2], id)
    if known and string.sub(known, 1, {TIE_DIGITS}) == string.sub(ARGV[i], 1, {TIE_DIGITS}) then
      redis.call('HDEL', KEYS[2], id)
    end
    dropped = dropped + 1
  end
end
return dropped
"""

# KEYS: ranks, names, restoring. ARGV: token, seconds kept. The mark is set only by who has restored the board from the
# beginning to the end: if Redis lost it in between, the token is lost too.
COMPLETE = """
if redis.call('GET', KEYS[3]) ~= ARGV[1] then
  return 0
end
redis.call('DEL', KEYS[3])
redis.call('HDEL', KEYS[2], '')
if redis.call('HLEN', KEYS[2]) ~= redis.call('ZCARD', KEYS[1]) then
  return 0
end
redis.call('HSET', KEYS[2], '', '1')
redis.call('EXPIRE', KEYS[2], ARGV[2])
return 1
"""
