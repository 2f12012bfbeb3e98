package dev.banyan.whatsapp.drivers;

import module java.base;

/// The result of asking a gateway something.
public sealed interface GatewayAnswer<T> {

    record Done<T>(T value) implements GatewayAnswer<T> {}

    record Failed<T>(Trouble trouble) implements GatewayAnswer<T> {}

    /// @param sentence what went wrong, as a full sentence for people; never the gateway's own words, which may repeat
    /// what we sent
    record Trouble(Kind kind, String sentence) {

        public enum Kind {
            /// Nothing answers there, or it broke off: nothing was done if nothing answered.
            UNREACHABLE,
            /// It took too long. It is unknown whether it was done.
            TIMED_OUT,
            /// This server may not call the address.
            ADDRESS_REFUSED,
            /// The key or the token is wrong, expired or lacks a right.
            CREDENTIALS,
            /// The gateway knows no such number.
            UNKNOWN,
            /// It may work later: the session is starting, too many calls, an error of the gateway.
            LATER,
            /// The gateway's operator must do something first, such as activating or updating it.
            OPERATOR,
            /// The gateway can't do this.
            UNSUPPORTED,
            /// It was asked in a wrong way; asking again changes nothing.
            REFUSED
        }

        /// Returns whether the same question may be answered in a moment.
        boolean mayPass() {
            return switch (kind) {
                case UNREACHABLE, TIMED_OUT, LATER -> true;
                case ADDRESS_REFUSED, CREDENTIALS, UNKNOWN, OPERATOR, UNSUPPORTED, REFUSED -> false;
            };
        }
    }

    static <T> GatewayAnswer<T> done(T value) {
        return new Done<>(value);
    }

    static <T> GatewayAnswer<T> failed(Trouble.Kind kind, String sentence) {
        return new Failed<>(new Trouble(kind, sentence));
    }

    default <R> GatewayAnswer<R> then(Function<T, GatewayAnswer<R>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Failed<T>(Trouble trouble) -> new Failed<>(trouble);
        };
    }

    default <R> GatewayAnswer<R> map(Function<T, R> change) {
        return then(value -> done(change.apply(value)));
    }
}
