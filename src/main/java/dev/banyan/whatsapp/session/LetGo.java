package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.cluster.Question;
import dev.banyan.whatsapp.SenderKey;

/// Asks another server to let go of numbers that it may have open, because they are in pools of the one that asks.
///
/// @param anyway whether it should do so although they are in pools of its own
record LetGo(List<SenderKey> numbers, boolean anyway) implements Question<LetGo.Answer> {

    /// It has none of them open.
    record Answer() {}

    LetGo {
        numbers = List.copyOf(numbers);
    }
}
