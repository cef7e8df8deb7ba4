"""What went wrong, in so few words that they can be sent to a person."""

from botocore.exceptions import ClientError

from quiz.errors import QuizError


def reason(error: BaseException) -> str:
    """Which call failed and how; what else there is to know is in the log."""
    match error:
        case ClientError():
            return f"{error.operation_name} failed with {error.response['Error']['Code']}"
        case QuizError():
            return str(error) or error.code
    return type(error).__name__
