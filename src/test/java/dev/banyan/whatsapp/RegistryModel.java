package dev.banyan.whatsapp;

import module java.base;

/// The expected senders of an account, in the simplest form.
public final class RegistryModel {

    public static final class Number {
        public final String id;
        final boolean isMaster;
        public MasterType type = MasterType.PRIMARY;
        public Optional<String> master = Optional.empty();
        /// The master that it belongs to while another one has it.
        public Optional<String> home = Optional.empty();
        /// The pool that stands in for this master.
        public Optional<String> standIn = Optional.empty();
        public String name = "";
        public Optional<String> phone = Optional.empty();
        public String purpose = "custom";
        public String status = "pending";
        public List<String> tags = List.of();
        public int weight = 1;
        public Optional<Integer> perDay = Optional.empty();
        public Optional<String> note = Optional.empty();
        public Strategy strategy = Strategy.ROUND_ROBIN;

        public Number(String id, boolean isMaster) {
            this.id = id;
            this.isMaster = isMaster;
        }
    }

    public final Map<String, Number> numbers = new LinkedHashMap<>();

    public List<Number> masters() {
        return numbers.values().stream().filter(number -> number.isMaster).toList();
    }

    public List<Number> servants() {
        return numbers.values().stream().filter(number -> !number.isMaster).toList();
    }

    public List<String> servantsOf(String master) {
        return servants().stream()
                .filter(servant -> servant.master.equals(Optional.of(master)))
                .map(servant -> servant.id)
                .toList();
    }

    public boolean isUsed(String phone) {
        return numbers.values().stream().anyMatch(number -> number.phone.equals(Optional.of(phone)));
    }

    public long count(String status) {
        return numbers.values().stream()
                .filter(number -> number.status.equals(status))
                .count();
    }
}
