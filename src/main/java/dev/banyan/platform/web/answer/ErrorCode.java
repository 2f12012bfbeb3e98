package dev.banyan.platform.web.answer;

import module java.base;
import dev.banyan.platform.Keyed;

/// Why a request failed, for programs: the sentence in `error` may change, the code of a failure doesn’t. The guide for
/// integrators has the same table.
public enum ErrorCode implements Keyed {
    INVALID_REQUEST(400, "The request can’t be read, or breaks a rule; `error` says which."),
    INVALID_FIELD(400, "A field breaks its rule: `field` names it."),
    NOT_AUTHENTICATED(401, "No valid session, key or password."),
    FORBIDDEN(403, "The caller may not do this."),
    CONFIRMATION_REQUIRED(403, "Send the password to `confirmAt`, then the request again."),
    PLAN_REQUIRED(403, "The account’s plan doesn’t have this."),
    LIMIT_REACHED(403, "The plan or the server allows no more."),
    READ_ONLY(403, "The account is over its plan and can’t be changed."),
    NOT_FOUND(404, "It doesn’t exist, or it isn’t yours."),
    METHOD_NOT_ALLOWED(405, "The address takes other methods: see `Allow`."),
    NOT_ACCEPTABLE(406, "The address has no type that `Accept` asks for."),
    CONFLICT(409, "The state of the thing doesn’t allow it now."),
    GONE(410, "It existed, and has ended."),
    TOO_LARGE(413, "The body is too large."),
    UNSUPPORTED_TYPE(415, "The body must have another `Content-Type`."),
    UNPROCESSABLE(422, "The request can be read, and can’t be carried out."),
    TOO_MANY_REQUESTS(429, "Wait for the seconds in `Retry-After`."),
    SERVER_ERROR(500, "Something went wrong on the server."),
    UNAVAILABLE(503, "The server can’t do it right now: try again after `Retry-After`.");

    /// The usual status of a failure with this code.
    public final int status;
    public final String meaning;

    ErrorCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /// Returns the code of an answer.
    ///
    /// @param has whether its body has a field
    public static ErrorCode of(int status, Predicate<String> has) {
        if (status == 403 || status == 400) {
            if (has.test("reauthenticate")) {
                return CONFIRMATION_REQUIRED;
            }
            if (has.test("readOnlyUntil")) {
                return READ_ONLY;
            }
            if (has.test("limit") || has.test("maxAllowed")) {
                return LIMIT_REACHED;
            }
            if (has.test("upgradeRequired")) {
                return PLAN_REQUIRED;
            }
            if (has.test("field")) {
                return INVALID_FIELD;
            }
        }
        return Stream.of(values())
                .filter(code -> code.status == status)
                .findFirst()
                .orElse(status < 500 ? INVALID_REQUEST : SERVER_ERROR);
    }
}
