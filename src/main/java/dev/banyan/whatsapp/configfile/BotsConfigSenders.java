package dev.banyan.whatsapp.configfile;

import dev.banyan.platform.Text;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.UnknownFields;
import dev.banyan.whatsapp.registry.Senders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Completes the senders of a `bots-config.json`: determines each servant's master and validates the fields.
final class BotsConfigSenders {

    /// A sender as described by a file.
    ///
    /// @param masterType of a master; empty for a servant
    /// @param traits empty if the file has none
    /// @param settings of a master's pool; empty if the file has none
    /// @param master of a servant, if the file names one; it may exist only in the database
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
            UnknownFields extras) {

        boolean isMaster() {
            return masterType.isPresent();
        }
    }

    /// A sender while it is assembled from several sections.
    static final class Draft {
        final int line;
        final String id;
        final UnknownFields extras = UnknownFields.none();
        Optional<MasterType> masterType = Optional.empty();
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

    private final BotsConfigFields fields;
    private final Map<String, Draft> drafts;
    private final Map<String, String> masterByList;
    private final Optional<String> first;

    /// @param masterByList the master that lists a servant
    /// @param first the master that the file names as its first account
    BotsConfigSenders(
            BotsConfigFields fields,
            Map<String, Draft> drafts,
            Map<String, String> masterByList,
            Optional<String> first) {
        this.fields = fields;
        this.drafts = drafts;
        this.masterByList = masterByList;
        this.first = first;
    }

    /// Returns masters first, then servants, each in the order of the file.
    List<FileSender> all() {
        List<FileSender> senders = drafts.values().stream()
                .map(this::finish)
                .flatMap(Optional::stream)
                .sorted((one, other) -> Boolean.compare(other.isMaster(), one.isMaster()))
                .toList();
        findTwins(senders);
        return senders;
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
        return Optional.of(new FileSender(
                draft.line,
                id.get(),
                draft.masterType,
                draft.servant ? masterOf(draft) : Optional.empty(),
                checked(draft, Senders.DISPLAY_NAME, draft.displayName.orElse(draft.id)),
                draft.phone,
                checked(draft, Senders.PURPOSE, purpose),
                draft.state.orElse(SenderState.PENDING),
                draft.enabled,
                draft.traits,
                draft.settings,
                draft.extras));
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

    /// Returns the master named by the servant, or else the one that lists it, the file's first account, or the only
    /// master.
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
        return id;
    }

    private Optional<String> onlyMaster() {
        List<String> masters = drafts.values().stream()
                .filter(draft -> draft.masterType.isPresent())
                .map(draft -> draft.id)
                .toList();
        return masters.size() == 1 ? Optional.of(masters.getFirst()) : Optional.empty();
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
