# How quizzes go: what the functions count, each by its short name. A function that is not there has nothing to show.
locals {
  business = [
    {
      title = "Participation in live quizzes (percent)"
      metrics = [
        { function = "clock", metric = "ParticipationRate", statistic = "Average", label = "average" },
        { function = "clock", metric = "ParticipationRate", statistic = "Minimum", label = "lowest" },
      ]
    },
    {
      title = "Completion of live quizzes (percent)"
      metrics = [
        { function = "clock", metric = "CompletionRate", statistic = "Average", label = "average" },
        { function = "clock", metric = "CompletionRate", statistic = "Minimum", label = "lowest" },
      ]
    },
    {
      title = "Submissions a minute"
      metrics = [
        { function = "submissions", metric = "SubmissionsAccepted", statistic = "Sum", label = "accepted" },
        { function = "submissions", metric = "SubmissionsDuplicate", statistic = "Sum", label = "sent again" },
        { function = "submissions", metric = "SubmissionsQuarantined", statistic = "Sum", label = "set aside" },
      ]
    },
    {
      title = "Scores of submissions (percent)"
      metrics = [
        { function = "submissions", metric = "SubmissionScore", statistic = "p10", label = "lowest tenth" },
        { function = "submissions", metric = "SubmissionScore", statistic = "p50", label = "middle" },
        { function = "submissions", metric = "SubmissionScore", statistic = "p90", label = "highest tenth" },
      ]
    },
    {
      title = "Scores of quizzes (percent)"
      metrics = [
        { function = "stream", metric = "QuizScore", statistic = "p10", label = "lowest tenth" },
        { function = "stream", metric = "QuizScore", statistic = "p50", label = "middle" },
        { function = "stream", metric = "QuizScore", statistic = "p90", label = "highest tenth" },
      ]
    },
    {
      title = "From posting to score (milliseconds)"
      metrics = [
        { function = "submissions", metric = "SubmissionAge", statistic = "p50", label = "p50" },
        { function = "submissions", metric = "SubmissionAge", statistic = "p99", label = "p99" },
        { function = "health", metric = "CanaryLatency", statistic = "Maximum", label = "canary" },
      ]
    },
    {
      title = "Active players (answers and connections a minute)"
      metrics = [
        { function = "socket", metric = "AnswersAccepted", statistic = "Sum", label = "by WebSocket" },
        { function = "http", metric = "AnswersAccepted", statistic = "Sum", label = "by HTTP" },
        { function = "socket", metric = "AnswersLate", statistic = "Sum", label = "late" },
        { function = "socket", metric = "ConnectionsOpened", statistic = "Sum", label = "connections opened" },
      ]
    },
    {
      title = "Messages to players a minute"
      metrics = [
        { function = "broadcast", metric = "MessagesPosted", statistic = "Sum", label = "posted" },
        { function = "broadcast", metric = "ConnectionsGone", statistic = "Sum", label = "players gone" },
        { function = "broadcast", metric = "BroadcastLatency", statistic = "p99", label = "p99 of the way (milliseconds)", axis = "right" },
      ]
    },
    {
      title = "Practice and results a minute"
      metrics = [
        { function = "stream", metric = "AnswersCounted", statistic = "Sum", label = "answers practised" },
        { function = "stream", metric = "QuizzesExported", statistic = "Sum", label = "quizzes finished" },
        { function = "stream", metric = "SubmissionsAnnounced", statistic = "Sum", label = "submissions announced" },
      ]
    },
    {
      title = "Requests to the intake a minute"
      metrics = [
        { function = "intake", metric = "RequestsRecorded", statistic = "Sum", label = "recorded" },
        { function = "intake", metric = "RequestsTooLarge", statistic = "Sum", label = "too large" },
      ]
    },
  ]

  counted = [
    for widget in local.business : {
      title  = widget.title
      period = 60
      lines  = []
      metrics = [
        for metric in widget.metrics : merge(metric, {
          namespace  = "QuizPlatform"
          dimensions = { service = local.functions[metric.function].name }
        }) if contains(keys(local.functions), metric.function)
      ]
    }
  ]

  business_widgets = [for widget in local.counted : widget if length(widget.metrics) > 0]
}
