# A table is its keys: names and types of attributes, then which of them the table and its indexes are built on.
locals {
  tables = {
    # Who listens to a live quiz. The shard comes first, because a broadcast must read the table itself: an index lags.
    connections = {
      hash_key   = "game_shard"
      range_key  = "connection_id"
      attributes = { game_shard = "S", connection_id = "S" }
      indexes    = { by_connection = { hash_key = "connection_id", range_key = null, include = [] } }
      stream     = null
      ttl        = "expires_at"
    }
    # Runs of live quizzes; beside them their frozen questions, and the names and join codes that are taken.
    games = {
      hash_key   = "game_id"
      range_key  = null
      attributes = { game_id = "S", quiz_id = "S", created_at = "N" }
      indexes = {
        by_quiz = { hash_key = "quiz_id", range_key = "created_at", include = ["ended_at", "index", "join_code", "phase", "title"] }
      }
      stream = null
      ttl    = "expires_at"
    }
    # A key for each player, so that no game has a hot one; the index by score is spread over shards.
    participants = {
      hash_key   = "participant_id"
      range_key  = "game_id"
      attributes = { participant_id = "S", game_id = "S", game_shard = "S", rank_score = "N" }
      indexes = {
        by_score = { hash_key = "game_shard", range_key = "rank_score", include = ["last_answer", "last_index", "last_points", "last_share", "name", "score"] }
      }
      stream = "NEW_IMAGE"
      ttl    = "expires_at"
    }
    # How hard questions are, by the hour and in all; hour = "total" is listed by category.
    analytics = {
      hash_key   = "subject"
      range_key  = "hour"
      attributes = { subject = "S", hour = "S", category = "S" }
      indexes    = { by_category = { hash_key = "category", range_key = "subject", include = ["answered", "correct", "sum_ability", "sum_ability_squared", "sum_ability_correct"] } }
      stream     = null
      ttl        = "expires_at"
    }
    # What each student has learnt, question by question; "#summary" is the sum of it.
    progress = {
      hash_key   = "user_id"
      range_key  = "question_id"
      attributes = { user_id = "S", question_id = "S", due = "N" }
      indexes    = { by_due = { hash_key = "user_id", range_key = "due", include = [] } }
      stream     = "NEW_AND_OLD_IMAGES"
      ttl        = null
    }
    # Practice that is under way, and the lists of questions that it goes through.
    sessions = {
      hash_key   = "session_id"
      range_key  = null
      attributes = { session_id = "S" }
      indexes    = {}
      stream     = null
      ttl        = "expires_at"
    }
    questions = {
      hash_key   = "question_id"
      range_key  = null
      attributes = { question_id = "S", bucket = "S", sample_key = "N" }
      # Keys alone: a sample is drawn from ids, and the questions drawn are then read by id.
      indexes = { by_bucket = { hash_key = "bucket", range_key = "sample_key", include = [] } }
      stream  = null
      ttl     = null
    }
    quizzes = {
      hash_key   = "quiz_id"
      range_key  = null
      attributes = { quiz_id = "S" }
      indexes    = {}
      stream     = null
      ttl        = null
    }
    results = {
      hash_key   = "quiz_id"
      range_key  = null
      attributes = { quiz_id = "S", user_id = "S", created_at = "S" }
      # What was asked and how it went, for personal quizzes and progress.
      indexes = {
        by_user = { hash_key = "user_id", range_key = "created_at", include = ["category_scores", "question_ids", "score", "total", "percentage"] }
      }
      # Both images: only they tell a result that was just scored from one that changed otherwise.
      stream = "NEW_AND_OLD_IMAGES"
      ttl    = "expires_at"
    }
    submissions = {
      hash_key   = "student_id"
      range_key  = "submission_id"
      attributes = { student_id = "S", submission_id = "S", quiz_id = "S", submitted_at = "S" }
      # Scores without answers: an index row stays under the 1 KB that one write unit pays for.
      indexes = {
        by_quiz = { hash_key = "quiz_id", range_key = "submitted_at", include = ["score", "max_score", "percentage"] }
        by_time = { hash_key = "student_id", range_key = "submitted_at", include = ["quiz_id", "score", "max_score", "percentage"] }
      }
      stream = "NEW_IMAGE"
      ttl    = null
    }
    # What was told of each alarm, so that nobody hears the same thing twice.
    alerts = {
      hash_key   = "alarm"
      range_key  = null
      attributes = { alarm = "S" }
      indexes    = {}
      stream     = null
      ttl        = "expires_at"
    }
    # Results that were announced on the bus, for as long as the reconciliation looks back.
    announcements = {
      hash_key   = "result"
      range_key  = null
      attributes = { result = "S" }
      indexes    = {}
      stream     = null
      ttl        = "expires_at"
    }
    # Everything that came to the intake, as it came.
    requests = {
      hash_key   = "request_id"
      range_key  = "timestamp"
      attributes = { request_id = "S", timestamp = "S" }
      indexes    = {}
      stream     = null
      ttl        = "expires_at"
    }
  }
}
