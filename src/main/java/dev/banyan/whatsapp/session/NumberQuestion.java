package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.cluster.Question;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.SenderKey;

/// Asks the server that has a number to do something with it.
///
/// @param pool that the number is in, as far as the asking server knows
/// @param values what the act needs, as texts
record NumberQuestion(SenderKey sender, SenderKey pool, DriverKind driver, Act act, List<String> values)
        implements Question<NumberQuestion.Answer> {

    enum Act {
        LINK,
        CONNECT,
        FORGET,
        SETTLE,
        PAIRING_CODE,
        PASSKEY,
        ANSWER_PASSKEY,
        CONFIRM_PASSKEY,
        SEEN,
        TYPING,
        SCAN,
        FAULT
    }

    /// @param values none if there is nothing to say, or it could not be done
    record Answer(List<String> values) {

        static final Answer NOTHING = new Answer(List.of());

        static Answer of(String... values) {
            return new Answer(List.of(values));
        }
    }

    NumberQuestion {
        values = List.copyOf(values);
    }
}
