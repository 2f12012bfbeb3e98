package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;

/// Parses the parameters of a list of messages; the first invalid one is reported.
final class MessageParameters {

    private static final int LONGEST_TEXT = 100;

    private final Call call;
    private Optional<Invalid> invalid = Optional.empty();

    MessageParameters(Call call) {
        this.call = call;
    }

    Optional<ContactAddress> contact(String name) {
        return read(name, ContactAddress::parse, "must be a phone number such as +971500000201");
    }

    Optional<UUID> id(String name) {
        return read(name, Uuids::parse, "must be an id from an answer");
    }

    Optional<String> text(String name) {
        return read(
                name,
                text -> Optional.of(text).filter(typed -> typed.length() <= LONGEST_TEXT),
                "must be " + LONGEST_TEXT + " characters or less");
    }

    Set<DeliveryState> states(String name) {
        return read(
                        name,
                        MessageParameters::parseStates,
                        "must be scheduled, queued, sending, sent, delivered, read, failed, uncertain or canceled")
                .orElse(Set.of());
    }

    /// @return empty if a word is not a state
    static Optional<Set<DeliveryState>> parseStates(String typed) {
        Set<String> words =
                Arrays.stream(typed.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        Set<DeliveryState> states = Arrays.stream(DeliveryState.values())
                .filter(state -> words.contains(state.key()))
                .collect(Collectors.toSet());
        return Optional.of(states).filter(known -> known.size() == words.size());
    }

    private <T> Optional<T> read(String name, Function<String, Optional<T>> reading, String rule) {
        Optional<String> typed = call.query(name).map(String::strip).filter(text -> !text.isEmpty());
        Optional<T> read = typed.flatMap(reading);
        if (typed.isPresent() && read.isEmpty() && invalid.isEmpty()) {
            invalid = Optional.of(new Invalid(name, name + " " + rule));
        }
        return read;
    }

    /// Returns which page of the list is wanted.
    ///
    /// @throws Refused if a parameter is invalid
    Paging.Slice<UUID> page() {
        Refused.ifInvalid(invalid);
        return switch (Paging.of(call.query("limit"), call.query("after"), Uuids::parse)) {
            case Paging.Bad<UUID>(String error) -> throw Refused.invalid(Invalid.whole(error));
            case Paging.Slice<UUID> slice -> slice;
        };
    }
}
