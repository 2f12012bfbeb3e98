package dev.banyan.whatsapp.configfile;

import static dev.banyan.whatsapp.configfile.BotsConfig.BOTS;
import static dev.banyan.whatsapp.configfile.BotsConfig.HIERARCHY;
import static dev.banyan.whatsapp.configfile.BotsConfig.MASTERS;
import static dev.banyan.whatsapp.configfile.BotsConfig.METADATA;
import static dev.banyan.whatsapp.configfile.BotsConfig.SECONDARIES;
import static dev.banyan.whatsapp.configfile.BotsConfig.TOP;

import module java.base;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.configfile.BotsConfigSenders.Draft;
import dev.banyan.whatsapp.configfile.BotsConfigSenders.FileSender;

/// Reads a `bots-config.json` of version 1, 2 or 3 into its senders and a list of errors by line. Doesn't
/// access the database.
final class BotsConfigReader {

    private static final Set<String> VERSIONS = Set.of("1.0", "2.0", "3.0");
    private static final Set<String> MASTER_ROLES = Set.of("primary", "master", "backup");
    private static final Set<String> SERVANT_ROLES = Set.of("secondary", "tertiary", "servant");

    /// @param senders masters first, then servants, each in the order of the file
    /// @param extras unknown fields of the file itself
    /// @param notes what is strange, but no reason to refuse the file
    record Read(
            List<FileSender> senders,
            UnknownFields extras,
            List<ConfigConflict> conflicts,
            List<ConfigConflict> notes) {}

    private final Map<String, JsonWithLines> root;
    private final Map<SenderId, SenderId> renames;
    private final boolean mirror;
    private final BotsConfigFields fields = new BotsConfigFields();
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Map<String, String> idOfKey = new LinkedHashMap<>();
    private final Map<String, String> masterByList = new LinkedHashMap<>();

    private BotsConfigReader(Map<String, JsonWithLines> root, Map<SenderId, SenderId> renames, boolean mirror) {
        this.root = root;
        this.renames = renames;
        this.mirror = mirror;
    }

    /// @param root of a file with `whatsappBots` or `masterAccounts`
    /// @param renames new ids of senders by those in the file
    /// @param mirror whether it is the account's own file, in which all sections agreed before it was edited
    static Read read(Map<String, JsonWithLines> root, Map<SenderId, SenderId> renames, boolean mirror) {
        return new BotsConfigReader(root, renames, mirror).read();
    }

    private Read read() {
        checkVersion();
        section(MASTERS).forEach(this::readMaster);
        section(BOTS).forEach(this::readBot);
        section(SECONDARIES).forEach(this::readSecondary);
        readHierarchy();
        List<FileSender> senders = new BotsConfigSenders(
                        fields, drafts, masterByList, named("primaryAccount").or(() -> named("default")), renames)
                .all();
        List<ConfigConflict> notes = new BotsConfigConsistency(root, fields, drafts, idOfKey).check(mirror);
        return new Read(senders, fileExtras(), fields.conflicts(), notes);
    }

    /// Resolves `primaryAccount` and `default`, which contain a key; in old files the key is not the id.
    private Optional<String> named(String field) {
        return fields.text(root, field)
                .map(key -> idOfKey.getOrDefault(key, key))
                .filter(id -> Optional.ofNullable(drafts.get(id))
                        .filter(Draft::isMaster)
                        .isPresent());
    }

    private void checkVersion() {
        Optional.ofNullable(root.get("version"))
                .filter(version -> !version.isNull())
                .filter(version -> version.asText().filter(VERSIONS::contains).isEmpty())
                .ifPresent(version -> fields.conflict(
                        version.line(), "version " + version.toJson() + " is not supported; use 1.0, 2.0 or 3.0"));
    }

    private Map<String, JsonWithLines> section(String name) {
        JsonWithLines section = root.get(name);
        if (section == null || section.isNull()) {
            return Map.of();
        }
        return section.asMembers().orElseGet(() -> {
            fields.conflict(section.line(), name + " must be an object");
            return Map.of();
        });
    }

    private void readMaster(String key, JsonWithLines entry) {
        members(MASTERS, key, entry).ifPresent(node -> {
            Draft draft = draft(key, entry);
            draft.typed |= node.containsKey("type");
            String type = fields.text(node, "type").orElse("primary");
            draft.masterType = MasterType.parse(type.toLowerCase(Locale.ROOT));
            if (draft.masterType.isEmpty()) {
                fields.conflict(
                        BotsConfigFields.line(node, "type", entry.line()),
                        BotsConfigFields.quoted(key) + ": type must be primary or backup");
                draft.masterType = Optional.of(MasterType.PRIMARY);
            }
            draft.displayName = fields.text(node, "displayName");
            draft.traits = tuning(draft).traits(node);
            draft.settings = tuning(draft).settings(node);
            readPhone(draft, node);
            readServants(draft.id, node);
            keepUnknown(MASTERS, MASTERS, node, draft);
        });
    }

    private void readBot(String key, JsonWithLines entry) {
        members(BOTS, key, entry).ifPresent(node -> {
            String id = fields.text(node, "id").orElse(key);
            Draft draft = drafts.containsKey(key) && !drafts.containsKey(id) ? draft(key, entry) : draft(id, entry);
            idOfKey.put(key, draft.id);
            readRole(draft, node, entry);
            draft.displayName = draft.displayName.or(() -> fields.text(node, "displayName"));
            readPhone(draft, node);
            readState(draft, node);
            fields.bool(node, "enabled").ifPresent(enabled -> draft.enabled = enabled);
            readServants(draft.id, node);
            keepUnknown(BOTS, draft.servant ? SECONDARIES : BOTS, node, draft);
        });
    }

    /// Reads the role, the only difference between masters and servants in old files.
    private void readRole(Draft draft, Map<String, JsonWithLines> node, JsonWithLines entry) {
        Optional<String> role = fields.text(node, "role").map(text -> text.toLowerCase(Locale.ROOT));
        boolean master = draft.masterType.isPresent()
                || role.filter(MASTER_ROLES::contains).isPresent()
                || role.isEmpty()
                        && (fields.text(node, "type").filter("master"::equals).isPresent()
                                || node.containsKey("servants"));
        if (master) {
            draft.typed |=
                    role.filter(word -> MasterType.parse(word).isPresent()).isPresent();
            draft.masterType = draft.masterType.or(() ->
                    Optional.of(role.filter("backup"::equals).isPresent() ? MasterType.BACKUP : MasterType.PRIMARY));
        } else if (role.filter(SERVANT_ROLES::contains).isPresent()) {
            draft.servant = true;
        } else if (!section(SECONDARIES).containsKey(draft.id)) {
            fields.conflict(
                    BotsConfigFields.line(node, "role", entry.line()),
                    BotsConfigFields.quoted(draft.id)
                            + ": role must be one of primary, backup, master, secondary, tertiary, servant");
        }
    }

    private void readSecondary(String key, JsonWithLines entry) {
        members(SECONDARIES, key, entry).ifPresent(node -> {
            Draft draft = draft(fields.text(node, "id").orElse(key), entry);
            if (draft.masterType.isPresent()) {
                fields.conflict(
                        entry.line(), BotsConfigFields.quoted(draft.id) + " is both a master and a secondary account");
                return;
            }
            draft.servant = true;
            draft.master = fields.text(node, "masterAccountId");
            draft.displayName = fields.text(node, "displayName").or(() -> draft.displayName);
            draft.purpose = fields.text(node, "purpose");
            draft.traits = tuning(draft).traits(node);
            readPhone(draft, node);
            readState(draft, node);
            fields.bool(node, "enabled").ifPresent(enabled -> draft.enabled = enabled);
            keepUnknown(SECONDARIES, SECONDARIES, node, draft);
        });
    }

    /// Reads the hierarchy. It repeats the other sections, so only its unknown fields are kept.
    private void readHierarchy() {
        JsonWithLines hierarchy = root.get(HIERARCHY);
        if (hierarchy == null || hierarchy.isNull()) {
            return;
        }
        if (hierarchy.asItems().isEmpty()) {
            fields.conflict(hierarchy.line(), HIERARCHY + " must be a list");
        }
        hierarchy
                .asItems()
                .orElse(List.of())
                .forEach(item -> item.asMembers()
                        .ifPresent(node -> fields.text(node, "masterId")
                                .map(drafts::get)
                                .filter(draft -> draft != null && draft.masterType.isPresent())
                                .ifPresent(draft -> keepUnknown(HIERARCHY, HIERARCHY, node, draft))));
    }

    private void readPhone(Draft draft, Map<String, JsonWithLines> node) {
        fields.text(node, "phoneNumber").filter(text -> !text.isBlank()).ifPresent(typed -> {
            int line = BotsConfigFields.line(node, "phoneNumber", draft.line);
            Optional<Phone> phone = Phone.parse(typed);
            if (phone.isEmpty()) {
                fields.conflict(
                        line,
                        BotsConfigFields.quoted(draft.id) + ": phoneNumber " + BotsConfigFields.quoted(typed)
                                + " is not a valid international number");
            } else if (draft.phone.filter(before -> !phone.get().equals(before)).isPresent()) {
                fields.conflict(
                        line, BotsConfigFields.quoted(draft.id) + " has two different phone numbers in this file");
            }
            draft.phone = draft.phone.or(() -> phone);
        });
    }

    private void readState(Draft draft, Map<String, JsonWithLines> node) {
        fields.text(node, "status").ifPresent(word -> {
            Optional<SenderState> state = SenderState.ofFileWord(word);
            if (state.isEmpty()) {
                fields.conflict(
                        BotsConfigFields.line(node, "status", draft.line),
                        BotsConfigFields.quoted(draft.id) + ": status must be pending, linked, active or unlinked");
            }
            draft.state = state.or(() -> draft.state);
        });
    }

    /// Reads a master's list of servants. It is used only for servants that don't name a master themselves.
    private void readServants(String master, Map<String, JsonWithLines> node) {
        JsonWithLines servants = node.get("servants");
        if (servants == null || servants.isNull()) {
            return;
        }
        if (servants.asItems().isEmpty()) {
            fields.conflict(servants.line(), BotsConfigFields.quoted(master) + ": servants must be a list of ids");
        }
        servants.asItems()
                .orElse(List.of())
                .forEach(item -> item.asText()
                        .ifPresentOrElse(
                                servant -> {
                                    String other = masterByList.putIfAbsent(servant, master);
                                    if (other != null && !other.equals(master)) {
                                        fields.conflict(
                                                item.line(),
                                                BotsConfigFields.quoted(servant) + " is listed under two masters");
                                    }
                                },
                                () -> fields.conflict(
                                        item.line(),
                                        BotsConfigFields.quoted(master) + ": servants must be a list of ids")));
    }

    private UnknownFields fileExtras() {
        UnknownFields extras = UnknownFields.none();
        keepUnknown(TOP, TOP, root, extras);
        for (String field : List.of("default", "primaryAccount")) {
            fields.text(root, field)
                    .filter(idOfKey::containsKey)
                    .map(idOfKey::get)
                    .ifPresent(id -> extras.open(TOP).set(field, TextNode.valueOf(renamed(id))));
        }
        keepUnknown(METADATA, METADATA, section(METADATA), extras);
        return extras;
    }

    private String renamed(String id) {
        return SenderId.parse(id)
                .map(known -> renames.getOrDefault(known, known).value())
                .orElse(id);
    }

    private static void keepUnknown(String known, String into, Map<String, JsonWithLines> node, Draft draft) {
        keepUnknown(known, into, node, draft.extras);
    }

    private static void keepUnknown(String known, String into, Map<String, JsonWithLines> node, UnknownFields extras) {
        Set<String> names = BotsConfig.KNOWN.getOrDefault(known, Set.of());
        node.forEach((name, value) -> {
            if (!names.contains(name)) {
                extras.open(into).set(name, value.toJson());
            }
        });
    }

    private BotsConfigTuning tuning(Draft draft) {
        return new BotsConfigTuning(fields, draft.id);
    }

    private Draft draft(String id, JsonWithLines entry) {
        return drafts.computeIfAbsent(id, key -> new Draft(entry.line(), key));
    }

    private Optional<Map<String, JsonWithLines>> members(String section, String key, JsonWithLines entry) {
        if (entry.asMembers().isEmpty()) {
            fields.conflict(entry.line(), BotsConfigFields.quoted(key) + " in " + section + " must be an object");
        }
        return entry.asMembers();
    }
}
