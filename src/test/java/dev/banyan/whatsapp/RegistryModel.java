package dev.banyan.whatsapp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an account's senders should be, as simply as it can be said.
final class RegistryModel {

    static final class Number {
        final String id;
        final boolean isMaster;
        MasterType type = MasterType.PRIMARY;
        Optional<String> master = Optional.empty();
        String name = "";
        Optional<String> phone = Optional.empty();
        String purpose = "custom";
        String status = "pending";
        List<String> tags = List.of();
        int weight = 1;
        Optional<Integer> perDay = Optional.empty();
        Optional<String> note = Optional.empty();
        Strategy strategy = Strategy.ROUND_ROBIN;

        Number(String id, boolean isMaster) {
            this.id = id;
            this.isMaster = isMaster;
        }
    }

    final Map<String, Number> numbers = new LinkedHashMap<>();

    List<Number> masters() {
        return numbers.values().stream().filter(number -> number.isMaster).toList();
    }

    List<Number> servants() {
        return numbers.values().stream().filter(number -> !number.isMaster).toList();
    }

    List<String> servantsOf(String master) {
        return servants().stream()
                .filter(servant -> servant.master.equals(Optional.of(master)))
                .map(servant -> servant.id)
                .toList();
    }

    boolean isUsed(String phone) {
        return numbers.values().stream().anyMatch(number -> number.phone.equals(Optional.of(phone)));
    }

    long count(String status) {
        return numbers.values().stream()
                .filter(number -> number.status.equals(status))
                .count();
    }
}
