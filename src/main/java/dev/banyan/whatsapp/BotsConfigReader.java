package dev.banyan.whatsapp;

import static dev.banyan.whatsapp.BotsConfig.BOTS;
import static dev.banyan.whatsapp.BotsConfig.HIERARCHY;
import static dev.banyan.whatsapp.BotsConfig.MASTERS;
import static dev.banyan.whatsapp.BotsConfig.METADATA;
import static dev.banyan.whatsapp.BotsConfig.SECONDARIES;
import static dev.banyan.whatsapp.BotsConfig.TOP;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.banyan.platform.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a `bots-config.json` of version 1, 2 or 3: the senders it describes, and line by line what is wrong with them.
/// Nothing here looks at the database.
final class BotsConfigReader {

    private static final Set<String> VERSIONS = Set.of("1.0", "2.0", "3.0");
    private static final Set<String> MASTER_ROLES = Set.of("primary", "master", "backup");
    private static final Set<String> SERVANT_ROLES = Set.of("secondary", "tertiary", "servant");

    /// A sender as a file describes it.
    ///
    /// @param masterType of a master; empty for a servant
    /// @param master whom a servant follows, as far as the file says so; perhaps one that only the database knows
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
            Extras extras) {

        boolean isMaster() {
            return masterType.isPresent();
        }
    }

    /// @param senders masters first, then servants, each in the order of the file
    /// @param extras of the file itself
    record Read(List<FileSender> senders, Extras extras, List<ConfigImport.Conflict> conflicts) {}

    /// One sender while it is put together from the sections that speak of it.
    private static final class Draft {
        private final int line;
        private final String id;
        private final Extras extras = Extras.none();
        private Optional<MasterType> masterType = Optional.empty();
        private boolean servant;
        private Optional<String> master = Optional.empty();
        private Optional<String> displayName = Optional.empty();
        private Optional<Phone> phone = Optional.empty();
        private Optional<String> purpose = Optional.empty();
        private Optional<SenderState> state = Optional.empty();
        private boolean enabled = true;

        private Draft(int line, String id) {
            this.line = line;
            this.id = id;
        }
    }

    private final Map<String, LocatedJson> root;
    private final List<ConfigImport.Conflict> conflicts = new ArrayList<>();
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Map<String, String> idOfKey = new LinkedHashMap<>();
    private final Map<String, String> masterByList = new LinkedHashMap<>();

    private BotsConfigReader(Map<String, LocatedJson> root) {
        this.root = root;
    }

    /// @param root of a file that has `whatsappBots` or `masterAccounts`
    static Read read(Map<String, LocatedJson> root) {
        return new BotsConfigReader(root).read();
    }

    private Read read() {
        checkVersion();
        section(MASTERS).forEach(this::readMaster);
        section(BOTS).forEach(this::readBot);
        section(SECONDARIES).forEach(this::readSecondary);
        readHierarchy();
        List<FileSender> senders = drafts.values().stream()
                .map(this::finish)
                .flatMap(Optional::stream)
                .sorted((one, other) -> Boolean.compare(other.isMaster(), one.isMaster()))
                .toList();
        findTwins(senders);
        return new Read(senders, fileExtras(), List.copyOf(conflicts));
    }

    private void checkVersion() {
        Optional.ofNullable(root.get("version"))
                .filter(version -> !version.isNull())
                .filter(version -> version.asText().filter(VERSIONS::contains).isEmpty())
                .ifPresent(version -> conflict(
                        version.line(), "version " + version.toJson() + " is not known; 1.0, 2.0 and 3.0 are"));
    }

    private Map<String, LocatedJson> section(String name) {
        LocatedJson section = root.get(name);
        if (section == null || section.isNull()) {
            return Map.of();
        }
        return section.asMembers().orElseGet(() -> {
            conflict(section.line(), name + " must be an object");
            return Map.of();
        });
    }

    private void readMaster(String key, LocatedJson entry) {
        members(MASTERS, key, entry).ifPresent(fields -> {
            Draft draft = draft(key, entry);
            String type = text(fields, "type").orElse("primary");
            draft.masterType = MasterType.parse(type.toLowerCase(Locale.ROOT));
            if (draft.masterType.isEmpty()) {
                conflict(line(fields, "type", entry.line()), quoted(key) + ": type must be primary or backup");
                draft.masterType = Optional.of(MasterType.PRIMARY);
            }
            draft.displayName = text(fields, "displayName");
            readPhone(draft, fields);
            readServants(draft.id, fields);
            keepUnknown(MASTERS, MASTERS, fields, draft);
        });
    }

    private void readBot(String key, LocatedJson entry) {
        members(BOTS, key, entry).ifPresent(fields -> {
            String id = text(fields, "id").orElse(key);
            Draft draft = drafts.containsKey(key) && !drafts.containsKey(id) ? draft(key, entry) : draft(id, entry);
            idOfKey.put(key, draft.id);
            readRole(draft, fields, entry);
            draft.displayName = draft.displayName.or(() -> text(fields, "displayName"));
            readPhone(draft, fields);
            readState(draft, fields);
            bool(fields, "enabled").ifPresent(enabled -> draft.enabled = enabled);
            readServants(draft.id, fields);
            keepUnknown(BOTS, draft.servant ? SECONDARIES : BOTS, fields, draft);
        });
    }

    /// Old files know masters and servants by role only.
    private void readRole(Draft draft, Map<String, LocatedJson> fields, LocatedJson entry) {
        Optional<String> role = text(fields, "role").map(text -> text.toLowerCase(Locale.ROOT));
        boolean master = draft.masterType.isPresent()
                || role.filter(MASTER_ROLES::contains).isPresent()
                || role.isEmpty()
                        && (text(fields, "type").filter("master"::equals).isPresent()
                                || fields.containsKey("servants"));
        if (master) {
            draft.masterType = draft.masterType.or(() ->
                    Optional.of(role.filter("backup"::equals).isPresent() ? MasterType.BACKUP : MasterType.PRIMARY));
        } else if (role.filter(SERVANT_ROLES::contains).isPresent()) {
            draft.servant = true;
        } else if (!section(SECONDARIES).containsKey(draft.id)) {
            conflict(
                    line(fields, "role", entry.line()),
                    quoted(draft.id) + ": role must be one of primary, backup, master, secondary, tertiary, servant");
        }
    }

    private void readSecondary(String key, LocatedJson entry) {
        members(SECONDARIES, key, entry).ifPresent(fields -> {
            Draft draft = draft(text(fields, "id").orElse(key), entry);
            if (draft.masterType.isPresent()) {
                conflict(entry.line(), quoted(draft.id) + " is a master and a secondary account");
                return;
            }
            draft.servant = true;
            draft.master = text(fields, "masterAccountId");
            draft.displayName = text(fields, "displayName").or(() -> draft.displayName);
            draft.purpose = text(fields, "purpose");
            readPhone(draft, fields);
            readState(draft, fields);
            bool(fields, "enabled").ifPresent(enabled -> draft.enabled = enabled);
            keepUnknown(SECONDARIES, SECONDARIES, fields, draft);
        });
    }

    /// It repeats what the other sections say; only what Banyan does not know in it is kept.
    private void readHierarchy() {
        LocatedJson hierarchy = root.get(HIERARCHY);
        if (hierarchy == null || hierarchy.isNull()) {
            return;
        }
        if (hierarchy.asItems().isEmpty()) {
            conflict(hierarchy.line(), HIERARCHY + " must be a list");
        }
        hierarchy
                .asItems()
                .orElse(List.of())
                .forEach(item -> item.asMembers()
                        .ifPresent(fields -> text(fields, "masterId")
                                .map(drafts::get)
                                .filter(draft -> draft != null && draft.masterType.isPresent())
                                .ifPresent(draft -> keepUnknown(HIERARCHY, HIERARCHY, fields, draft))));
    }

    private void readPhone(Draft draft, Map<String, LocatedJson> fields) {
        text(fields, "phoneNumber").filter(text -> !text.isBlank()).ifPresent(typed -> {
            int line = line(fields, "phoneNumber", draft.line);
            Optional<Phone> phone = Phone.parse(typed);
            if (phone.isEmpty()) {
                conflict(
                        line,
                        quoted(draft.id) + ": phoneNumber " + quoted(typed) + " is no valid international number");
            } else if (draft.phone.filter(before -> !phone.get().equals(before)).isPresent()) {
                conflict(line, quoted(draft.id) + " has two different phone numbers in this file");
            }
            draft.phone = draft.phone.or(() -> phone);
        });
    }

    private void readState(Draft draft, Map<String, LocatedJson> fields) {
        text(fields, "status").ifPresent(word -> {
            Optional<SenderState> state = SenderState.ofFileWord(word);
            if (state.isEmpty()) {
                conflict(
                        line(fields, "status", draft.line),
                        quoted(draft.id) + ": status must be pending, linked, active or unlinked");
            }
            draft.state = state.or(() -> draft.state);
        });
    }

    /// Lists of servants repeat what the servants say of themselves; they count where a servant says nothing.
    private void readServants(String master, Map<String, LocatedJson> fields) {
        LocatedJson servants = fields.get("servants");
        if (servants == null || servants.isNull()) {
            return;
        }
        if (servants.asItems().isEmpty()) {
            conflict(servants.line(), quoted(master) + ": servants must be a list of ids");
        }
        servants.asItems()
                .orElse(List.of())
                .forEach(item -> item.asText()
                        .ifPresentOrElse(
                                servant -> {
                                    String other = masterByList.putIfAbsent(servant, master);
                                    if (other != null && !other.equals(master)) {
                                        conflict(item.line(), quoted(servant) + " is listed under two masters");
                                    }
                                },
                                () -> conflict(item.line(), quoted(master) + ": servants must be a list of ids")));
    }

    private Optional<FileSender> finish(Draft draft) {
        Optional<SenderId> id = SenderId.parse(draft.id);
        if (id.isEmpty()) {
            conflict(draft.line, "the id " + quoted(draft.id) + " cannot be used. " + SenderId.RULE);
            return Optional.empty();
        }
        if (draft.masterType.isEmpty() && !draft.servant) {
            return Optional.empty(); // its role was refused already
        }
        if (draft.servant && draft.phone.isEmpty()) {
            conflict(draft.line, quoted(draft.id) + ": a servant needs a phoneNumber");
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
                draft.extras));
    }

    private String checked(Draft draft, Text rule, String text) {
        return switch (rule.check(text)) {
            case Text.Checked.Good good -> good.text();
            case Text.Checked.Bad bad -> {
                conflict(draft.line, quoted(draft.id) + ": " + bad.invalid().error());
                yield text;
            }
        };
    }

    /// What the servant says, else the master that lists it, else the file's first account, else the only master.
    private Optional<SenderId> masterOf(Draft draft) {
        Optional<String> listed = Optional.ofNullable(masterByList.get(draft.id));
        if (draft.master.isPresent() && listed.isPresent() && !listed.equals(draft.master)) {
            conflict(
                    draft.line,
                    quoted(draft.id) + " follows " + quoted(draft.master.get()) + ", but is listed under "
                            + quoted(listed.get()));
        }
        Optional<String> master = draft.master
                .or(() -> listed)
                .or(() -> named("primaryAccount"))
                .or(() -> named("default"))
                .or(this::onlyMaster);
        if (master.isEmpty()) {
            conflict(draft.line, quoted(draft.id) + ": nothing says which master it follows");
        }
        Optional<SenderId> id = master.flatMap(SenderId::parse);
        if (master.isPresent() && id.isEmpty()) {
            conflict(draft.line, quoted(draft.id) + ": there is no master " + quoted(master.get()));
        }
        return id;
    }

    /// `primaryAccount` and `default` name a key, which in old files is not the id.
    private Optional<String> named(String field) {
        return text(root, field)
                .map(key -> idOfKey.getOrDefault(key, key))
                .filter(id ->
                        drafts.containsKey(id) && drafts.get(id).masterType.isPresent());
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
                conflict(
                        sender.line(),
                        quoted(sender.id().value()) + ": Phone number already in use: " + phone + " is "
                                + quoted(other.id().value()) + " on line " + other.line());
            }
        }));
    }

    private Extras fileExtras() {
        Extras extras = Extras.none();
        keepUnknown(TOP, TOP, root, extras);
        for (String field : List.of("default", "primaryAccount")) {
            text(root, field)
                    .filter(idOfKey::containsKey)
                    .ifPresent(key -> extras.open(TOP).set(field, TextNode.valueOf(idOfKey.get(key))));
        }
        keepUnknown(METADATA, METADATA, section(METADATA), extras);
        return extras;
    }

    private static void keepUnknown(String known, String into, Map<String, LocatedJson> fields, Draft draft) {
        keepUnknown(known, into, fields, draft.extras);
    }

    private static void keepUnknown(String known, String into, Map<String, LocatedJson> fields, Extras extras) {
        Set<String> names = BotsConfig.KNOWN.getOrDefault(known, Set.of());
        fields.forEach((name, value) -> {
            if (!names.contains(name)) {
                extras.open(into).set(name, value.toJson());
            }
        });
    }

    private Draft draft(String id, LocatedJson entry) {
        return drafts.computeIfAbsent(id, key -> new Draft(entry.line(), key));
    }

    private Optional<Map<String, LocatedJson>> members(String section, String key, LocatedJson entry) {
        if (entry.asMembers().isEmpty()) {
            conflict(entry.line(), quoted(key) + " in " + section + " must be an object");
        }
        return entry.asMembers();
    }

    private Optional<String> text(Map<String, LocatedJson> fields, String name) {
        LocatedJson field = fields.get(name);
        if (field == null || field.isNull()) {
            return Optional.empty();
        }
        if (field.asText().isEmpty()) {
            conflict(field.line(), name + " must be a text");
        }
        return field.asText();
    }

    private Optional<Boolean> bool(Map<String, LocatedJson> fields, String name) {
        LocatedJson field = fields.get(name);
        if (field == null || field.isNull()) {
            return Optional.empty();
        }
        if (field.asBoolean().isEmpty()) {
            conflict(field.line(), name + " must be true or false");
        }
        return field.asBoolean();
    }

    private static int line(Map<String, LocatedJson> fields, String name, int otherwise) {
        LocatedJson field = fields.get(name);
        return field == null ? otherwise : field.line();
    }

    private void conflict(int line, String text) {
        var conflict = new ConfigImport.Conflict(line, text);
        if (!conflicts.contains(conflict)) {
            conflicts.add(conflict);
        }
    }

    private static String quoted(String text) {
        return "“" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "”";
    }
}
