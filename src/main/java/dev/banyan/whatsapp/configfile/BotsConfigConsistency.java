package dev.banyan.whatsapp.configfile;

import static dev.banyan.whatsapp.configfile.BotsConfig.BOTS;
import static dev.banyan.whatsapp.configfile.BotsConfig.HIERARCHY;
import static dev.banyan.whatsapp.configfile.BotsConfig.MASTERS;
import static dev.banyan.whatsapp.configfile.BotsConfig.SECONDARIES;

import module java.base;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.configfile.BotsConfigSenders.Draft;

/// Checks that the sections of a `bots-config.json` agree. Version 3.0 repeats itself: an edit of only one of the
/// places would be applied in part, or not at all.
///
/// @param drafts what the sections say of each sender together
/// @param idOfKey the ids of the entries of `whatsappBots`
record BotsConfigConsistency(
        Map<String, JsonWithLines> root,
        BotsConfigFields fields,
        Map<String, Draft> drafts,
        Map<String, String> idOfKey) {

    /// Adds a conflict for each disagreement.
    ///
    /// @param mirror whether Banyan has written the file, so that every difference is an edit; other programs leave
    ///     sections incomplete
    /// @return what is strange in a file of another program
    List<ConfigConflict> check(boolean mirror) {
        section(BOTS).forEach((key, entry) -> checkBot(key, entry, mirror));
        var ghosts = new ArrayList<ConfigConflict>();
        section(MASTERS).forEach((key, entry) -> ghosts.addAll(ghosts(MASTERS, key, entry)));
        section(BOTS).forEach((key, entry) -> ghosts.addAll(ghosts(BOTS, key, entry)));
        if (mirror) {
            section(MASTERS).forEach(this::checkMaster);
            section(SECONDARIES).forEach(this::checkSecondary);
            checkHierarchy();
            ghosts.forEach(ghost -> fields.conflict(ghost.line(), ghost.text()));
            return List.of();
        }
        return ghosts;
    }

    private Map<String, JsonWithLines> section(String name) {
        return Optional.ofNullable(root.get(name))
                .flatMap(JsonWithLines::asMembers)
                .orElse(Map.of());
    }

    private static Map<String, JsonWithLines> members(JsonWithLines entry) {
        return entry.asMembers().orElse(Map.of());
    }

    private static Optional<String> text(Map<String, JsonWithLines> node, String name) {
        return Optional.ofNullable(node.get(name)).flatMap(JsonWithLines::asText);
    }

    private void checkBot(String key, JsonWithLines entry, boolean mirror) {
        Map<String, JsonWithLines> bot = members(entry);
        String id = idOfKey.getOrDefault(key, key);
        if (mirror && text(bot, "id").filter(own -> !own.equals(key)).isPresent()) {
            fields.conflict(
                    BotsConfigFields.line(bot, "id", entry.line()),
                    quoted(key) + " in " + BOTS + " has the id "
                            + quoted(text(bot, "id").orElse("")) + ": an account can't get another id");
        }
        Optional<JsonWithLines> master = Optional.ofNullable(section(MASTERS).get(id));
        if (master.isEmpty()) {
            if (mirror
                    && Optional.ofNullable(drafts.get(id))
                            .filter(Draft::isMaster)
                            .isPresent()) {
                fields.conflict(entry.line(), quoted(id) + " is in " + BOTS + ", but not in " + MASTERS);
            }
            return;
        }
        Map<String, JsonWithLines> node = members(master.get());
        compare(
                BotsConfigFields.line(bot, "displayName", entry.line()),
                quoted(id) + ": displayName",
                text(bot, "displayName"),
                text(node, "displayName"));
        compare(
                BotsConfigFields.line(bot, "role", entry.line()),
                quoted(id) + ": type",
                text(bot, "role").flatMap(MasterType::parse).map(MasterType::key),
                text(node, "type"));
    }

    private void compare(int line, String what, Optional<String> ofBot, Optional<String> ofMaster) {
        if (ofBot.isPresent() && ofMaster.isPresent() && !ofBot.equals(ofMaster)) {
            fields.conflict(
                    line,
                    what + " is " + quoted(ofBot.get()) + " in " + BOTS + ", but " + quoted(ofMaster.get()) + " in "
                            + MASTERS);
        }
    }

    private void checkMaster(String id, JsonWithLines entry) {
        boolean hasBot = section(BOTS).keySet().stream()
                .anyMatch(key -> idOfKey.getOrDefault(key, key).equals(id));
        if (!hasBot) {
            fields.conflict(entry.line(), quoted(id) + " is in " + MASTERS + ", but not in " + BOTS);
        }
    }

    /// A servant must be in the lists of its master, and nowhere else.
    private void checkSecondary(String key, JsonWithLines entry) {
        Map<String, JsonWithLines> node = members(entry);
        if (text(node, "id").filter(own -> !own.equals(key)).isPresent()) {
            fields.conflict(
                    BotsConfigFields.line(node, "id", entry.line()),
                    quoted(key) + " in " + SECONDARIES + " has the id "
                            + quoted(text(node, "id").orElse("")) + ": an account can't get another id");
        }
        text(node, "masterAccountId")
                .filter(master -> Optional.ofNullable(section(MASTERS).get(master))
                        .filter(found -> !listed(found).contains(key))
                        .isPresent())
                .ifPresent(master -> fields.conflict(
                        BotsConfigFields.line(node, "masterAccountId", entry.line()),
                        quoted(key) + " follows " + quoted(master) + ", but isn't in its servants"));
    }

    private static Set<String> listed(JsonWithLines entry) {
        var ids = new LinkedHashSet<String>();
        items(members(entry)).forEach(item -> item.asText().ifPresent(ids::add));
        return ids;
    }

    private static List<JsonWithLines> items(Map<String, JsonWithLines> node) {
        return Optional.ofNullable(node.get("servants"))
                .flatMap(JsonWithLines::asItems)
                .orElse(List.of());
    }

    /// Returns the servants in a list that the file doesn't describe.
    private List<ConfigConflict> ghosts(String section, String master, JsonWithLines entry) {
        return items(members(entry)).stream()
                .filter(item -> item.asText().filter(id -> !isServant(id)).isPresent())
                .map(item -> new ConfigConflict(
                        item.line(),
                        quoted(item.asText().orElse("")) + " is in the servants of " + quoted(master) + " (" + section
                                + "), but not in " + SECONDARIES))
                .toList();
    }

    private boolean isServant(String id) {
        return Optional.ofNullable(drafts.get(id))
                .filter(draft -> draft.servant)
                .isPresent();
    }

    private void checkHierarchy() {
        Optional.ofNullable(root.get(HIERARCHY))
                .flatMap(JsonWithLines::asItems)
                .orElse(List.of())
                .forEach(this::checkLevel);
    }

    private void checkLevel(JsonWithLines item) {
        Map<String, JsonWithLines> level = members(item);
        String id = text(level, "masterId").orElse("");
        Optional<JsonWithLines> master = Optional.ofNullable(section(MASTERS).get(id));
        if (master.isEmpty()) {
            fields.conflict(
                    BotsConfigFields.line(level, "masterId", item.line()),
                    quoted(id) + " is in " + HIERARCHY + ", but not in " + MASTERS);
            return;
        }
        if (!listed(master.get()).equals(listed(item))) {
            fields.conflict(
                    BotsConfigFields.line(level, "servants", item.line()),
                    quoted(id) + ": servants differ between " + HIERARCHY + " and " + MASTERS);
        }
        text(level, "masterType")
                .filter(type -> !Optional.of(type).equals(text(members(master.get()), "type")))
                .ifPresent(type -> fields.conflict(
                        BotsConfigFields.line(level, "masterType", item.line()),
                        quoted(id) + ": masterType is " + quoted(type) + " in " + HIERARCHY + ", but not in "
                                + MASTERS));
    }

    private static String quoted(String text) {
        return BotsConfigFields.quoted(text);
    }
}
