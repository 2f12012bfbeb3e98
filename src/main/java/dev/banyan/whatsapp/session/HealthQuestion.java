package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.Question;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderId;

/// Asks another server how those numbers of an account are that it has.
record HealthQuestion(AccountId account) implements Question<HealthQuestion.Answer> {

    record Number(SenderId id, SenderHealth health) {}

    record Answer(List<Number> numbers) {
        Answer {
            numbers = List.copyOf(numbers);
        }
    }
}
