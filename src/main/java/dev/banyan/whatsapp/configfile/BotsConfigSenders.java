package dev.banyan.whatsapp.configfile;

import module java.base;
import dev.banyan.platform.Text;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.numbers.Senders;

/// Completes the senders of a `bots-config.json`: determines each servant's master and validates the fields.
///
/// @param masterByList the master that lists a servant
/// @param first the master that the file names as its first account
/// @param renames new ids of senders by those in the file
record BotsConfigSenders(
        BotsConfigFields fields,
        Map<String, Draft> drafts,
        Map<String, String> masterByList,
        Optional<String> first,
        Map<SenderId, SenderId> renames) {

    /// A sender as described by a file.
    ///
    /// @param masterType of a master; empty for a servant
    /// @param traits empty if the file has none
    /// @param settings of a master's pool; empty if the file has none
    /// @param master of a servant; it may exist only in the database
    /// @param given which of these the file itself contains; the others are defaults for a new sender
    record FileSender(
            int line,
            SenderId id,
            Optional<MasterType> masterType,
            Optional<SenderId> master,
            String displayName,
            Optional<Phone> phone,
            String purpose,
            SenderState state,
            boolean enabled,
            Optional<SenderOverrides> traits,
            Optional<PoolSettings> settings,
            UnknownFields extras,
            Given given) {

        boolean isMaster() {
            return masterType.isPresent();
        }

        /// Keeps the present values of what the file doesn't contain.
        FileSender over(Sender now) {
            return new FileSender(
                    line,
                    id,
                    masterType.map(
                            type -> given.type() ? type : now.masterType().orElse(type)),
                    master.map(named -> given.master() ? named : now.masterId().orElse(named)),
                    given.name() ? displayName : now.displayName(),
                    phone,
                    given.purpose() ? purpose : now.purpose().orElse(purpose),
                    state,
                    enabled,
                    traits,
                    settings,
                    extras,
                    given);
        }
    }

    /// What a file contains of a sender; old versions have neither purposes nor masters.
    ///
    /// @param type whether a master is named primary or backup
    /// @param master whether a servant's master is named, by itself or in a list of servants
    record Given(boolean name, boolean purpose, boolean type, boolean master) {}

    /// A sender while it is assembled from several sections.
    static final class Draft {
        final int line;
        final String id;
        final UnknownFields extras = UnknownFields.none();
        Optional<MasterType> masterType = Optional.empty();
        boolean typed;
        boolean servant;
        Optional<String> master = Optional.empty();
        Optional<String> displayName = Optional.empty();
        Optional<Phone> phone = Optional.empty();
        Optional<String> purpose = Optional.empty();
        Optional<SenderState> state = Optional.empty();
        boolean enabled = true;
        Optional<SenderOverrides> traits = Optional.empty();
        Optional<PoolSettings> settings = Optional.empty();

        Draft(int line, String id) {
            this.line = line;
            this.id = id;
        }

        boolean isMaster() {
            return masterType.isPresent();
        }
    }

    /// Returns masters first, then servants, each in the order of the file.
    List<FileSender> all() {
        List<FileSender> senders = drafts.values().stream()
                .map(this::finish)
                .flatMap(Optional::stream)
                .sorted((one, other) -> Boolean.compare(other.isMaster(), one.isMaster()))
                .toList();
        renames.keySet().stream()
                .filter(id -> !drafts.containsKey(id.value()))
                .forEach(id -> fields.conflict(
                        1, BotsConfigFields.quoted(id.value()) + " was to be renamed, but is not in this file"));
        findTwins(senders);
        findRenamedTwins(senders);
        return senders;
    }

    private SenderId renamed(SenderId id) {
        return renames.getOrDefault(id, id);
    }

    private Optional<FileSender> finish(Draft draft) {
        Optional<SenderId> id = SenderId.parse(draft.id);
        if (id.isEmpty()) {
            fields.conflict(
                    draft.line, "the id " + BotsConfigFields.quoted(draft.id) + " cannot be used. " + SenderId.RULE);
            return Optional.empty();
        }
        if (draft.masterType.isEmpty() && !draft.servant) {
            return Optional.empty(); // its role was already rejected
        }
        if (draft.servant && draft.phone.isEmpty()) {
            fields.conflict(draft.line, BotsConfigFields.quoted(draft.id) + ": a servant needs a phoneNumber");
        }
        String purpose = draft.purpose.filter(text -> !text.isBlank()).orElse(Senders.DEFAULT_PURPOSE);
        boolean listed = draft.master.isPresent() || masterByList.containsKey(draft.id);
        return Optional.of(new FileSender(
                draft.line,
                renamed(id.get()),
                draft.masterType,
                draft.servant ? masterOf(draft) : Optional.empty(),
                checked(draft, Senders.DISPLAY_NAME, draft.displayName.orElse(draft.id)),
                draft.phone,
                checked(draft, Senders.PURPOSE, purpose),
                draft.state.orElse(SenderState.PENDING),
                draft.enabled,
                draft.traits,
                draft.settings,
                draft.extras,
                new Given(
                        draft.displayName.isPresent(),
                        draft.purpose.filter(text -> !text.isBlank()).isPresent(),
                        draft.typed,
                        listed)));
    }

    private String checked(Draft draft, Text rule, String text) {
        return switch (rule.check(text)) {
            case Text.Checked.Good good -> good.text();
            case Text.Checked.Bad bad -> {
                fields.conflict(
                        draft.line,
                        BotsConfigFields.quoted(draft.id) + ": " + bad.invalid().apiMessage());
                yield text;
            }
        };
    }

    /// Returns the master named by the servant, or else the one that lists it, the file's first account, or
    /// the only master.
    private Optional<SenderId> masterOf(Draft draft) {
        Optional<String> listed = Optional.ofNullable(masterByList.get(draft.id));
        if (draft.master.isPresent() && listed.isPresent() && !listed.equals(draft.master)) {
            fields.conflict(
                    draft.line,
                    BotsConfigFields.quoted(draft.id) + " follows " + BotsConfigFields.quoted(draft.master.get())
                            + ", but is listed under " + BotsConfigFields.quoted(listed.get()));
        }
        Optional<String> master = draft.master.or(() -> listed).or(() -> first).or(this::onlyMaster);
        if (master.isEmpty()) {
            fields.conflict(draft.line, BotsConfigFields.quoted(draft.id) + ": its master is missing");
        }
        Optional<SenderId> id = master.flatMap(SenderId::parse);
        if (master.isPresent() && id.isEmpty()) {
            fields.conflict(
                    draft.line,
                    BotsConfigFields.quoted(draft.id) + ": there is no master "
                            + BotsConfigFields.quoted(master.get()));
        }
        return id.map(this::renamed);
    }

    private Optional<String> onlyMaster() {
        List<String> masters = drafts.values().stream()
                .filter(draft -> draft.masterType.isPresent())
                .map(draft -> draft.id)
                .toList();
        return masters.size() == 1 ? Optional.of(masters.getFirst()) : Optional.empty();
    }

    private void findRenamedTwins(List<FileSender> senders) {
        var seen = new HashSet<SenderId>();
        senders.stream()
                .filter(sender -> !seen.add(sender.id()))
                .forEach(sender -> fields.conflict(
                        sender.line(),
                        "two accounts of the file would have the id "
                                + BotsConfigFields.quoted(sender.id().value())));
    }

    private void findTwins(List<FileSender> senders) {
        var seen = new LinkedHashMap<Phone, FileSender>();
        senders.forEach(sender -> sender.phone().ifPresent(phone -> {
            FileSender other = seen.putIfAbsent(phone, sender);
            if (other != null) {
                fields.conflict(
                        sender.line(),
                        BotsConfigFields.quoted(sender.id().value()) + ": Phone number already in use: " + phone
                                + " is " + BotsConfigFields.quoted(other.id().value()) + " on line " + other.line());
            }
        }));
    }
}
