package dev.banyan.platform.outcome;

import module java.base;
import dev.banyan.platform.Invalid;

/// What an operation came to: its value, or the reason why it refused. An operation that has answers of its own, such
/// as a name that is taken together with free ones, declares a sealed result with those cases and one `Refused`.
public sealed interface Outcome<T> {

    record Done<T>(T value) implements Outcome<T> {}

    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    /// The value of an operation that has nothing to return.
    enum Nothing {
        NOTHING
    }

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static Outcome<Nothing> done() {
        return new Done<>(Nothing.NOTHING);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    static <T> Outcome<T> notFound() {
        return new Refused<>(new Refusal.NotFound());
    }

    static <T> Outcome<T> forbidden() {
        return new Refused<>(new Refusal.Forbidden());
    }

    static <T> Outcome<T> rejected(List<Invalid> invalid) {
        return new Refused<>(new Refusal.Rejected(invalid));
    }

    static <T> Outcome<T> rejected(Invalid invalid) {
        return rejected(List.of(invalid));
    }

    /// @param why what stands in the way, as a sentence for people
    static <T> Outcome<T> conflict(String why) {
        return new Refused<>(new Refusal.Conflict(why));
    }

    default <U> Outcome<U> map(Function<T, U> change) {
        return switch (this) {
            case Done<T>(T value) -> new Done<>(change.apply(value));
            case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
        };
    }

    /// Goes on with the value, unless the operation was refused.
    default <U> Outcome<U> then(Function<T, Outcome<U>> next) {
        return fold(next, Outcome::refused);
    }

    /// Returns what either case becomes, such as a response.
    default <R> R fold(Function<T, R> done, Function<Refusal, R> refused) {
        return switch (this) {
            case Done<T>(T value) -> done.apply(value);
            case Refused<T>(Refusal refusal) -> refused.apply(refusal);
        };
    }

    /// Returns the value, or throws what a refusal becomes.
    default <X extends Throwable> T orElseThrow(Function<Refusal, X> refused) throws X {
        return switch (this) {
            case Done<T>(T value) -> value;
            case Refused<T>(Refusal refusal) -> throw refused.apply(refusal);
        };
    }
}
