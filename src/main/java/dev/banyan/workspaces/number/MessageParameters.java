package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Phone;
import jakarta.ws.rs.core.Response;

/// Parses the parameters of a list of messages; the first invalid one is reported.
@Exempt(from = "onlyResourcesSpeakHttp", because = "reads the parameters of two lists, or reports the invalid one")
final class MessageParameters {

    private static final int LONGEST_TEXT = 100;

    /// Builds one page of the requested list.
    interface OnPage {
        Response answer(Optional<UUID> after, int limit);
    }

    private final Call call;
    private Optional<Invalid> invalid = Optional.empty();

    MessageParameters(Call call) {
        this.call = call;
    }

    Optional<Phone> phone(String name) {
        return read(name, Phone::parse, "must be a phone number such as +971500000201");
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

    Response page(OnPage work) {
        return invalid.map(Answers::refused)
                .orElseGet(() -> switch (Paging.of(call.query("limit"), call.query("after"), Uuids::parse)) {
                    case Paging.Bad<UUID> bad -> Answers.refused(400, bad.error());
                    case Paging.Slice<UUID> slice -> work.answer(slice.after(), slice.limit());
                });
    }
}
