package dev.banyan.whatsapp.configfile;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;

/// Writes `bots-config.json`, version 3.0 (`seeds/phase-9-secondary-accounts.md`), from an account's senders. The
/// output is deterministic: the same senders always give the same bytes.
final class BotsConfig {

    static final String VERSION = "3.0";
    static final String BOTS = "whatsappBots";
    static final String MASTERS = "masterAccounts";
    static final String SECONDARIES = "secondaryAccounts";
    static final String HIERARCHY = "accountHierarchy";
    static final String METADATA = "metadata";
    /// Name of the top-level fields in [UnknownFields].
    static final String TOP = "top";

    /// The fields of each section that Banyan knows and writes itself.
    static final Map<String, Set<String>> KNOWN = Map.of(
            TOP,
            Set.of("version", BOTS, MASTERS, SECONDARIES, HIERARCHY, METADATA),
            BOTS,
            Set.of("id", "phoneNumber", "displayName", "role", "type", "enabled", "status", "servants"),
            MASTERS,
            Set.of("type", "displayName", "phoneNumber", "servants", BotsConfigTuning.TUNING, BotsConfigTuning.POOL),
            SECONDARIES,
            Set.of(
                    "id",
                    "masterAccountId",
                    "phoneNumber",
                    "displayName",
                    "purpose",
                    "status",
                    "enabled",
                    BotsConfigTuning.TUNING),
            HIERARCHY,
            Set.of("masterId", "masterType", "servants", "totalServants", "status"),
            METADATA,
            Set.of("totalBots", "activeBots", "pendingBots", "lastModified"));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter WRITER = JSON.writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private BotsConfig() {}

    /// The content of a file without the time of its last change.
    ///
    /// @param place placeholder for that time
    record Template(String text, String place) {

        String text(Instant lastModified) {
            return text.replace(place, lastModified.toString());
        }
    }

    /// @param settings of the pools that were configured
    /// @param file unknown fields of the file: the sections `top` and `metadata`
    static Template write(
            Pools.Overview senders,
            Map<SenderId, PoolSettings> settings,
            Map<SenderId, UnknownFields> extras,
            UnknownFields file) {
        String place = "lastModified:" + UUID.randomUUID();
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        ObjectNode bots = root.putObject(BOTS);
        ObjectNode masters = root.putObject(MASTERS);
        ObjectNode secondaries = root.putObject(SECONDARIES);
        ArrayNode hierarchy = root.putArray(HIERARCHY);
        for (Pool pool : senders.pools()) {
            UnknownFields extra = extras.getOrDefault(pool.master().id(), UnknownFields.none());
            String id = pool.master().id().value();
            writeBot(bots.putObject(id), pool.master()).setAll(extra.section(BOTS));
            writeMaster(masters.putObject(id), pool, settings).setAll(extra.section(MASTERS));
            writeHierarchy(hierarchy.addObject(), pool).setAll(extra.section(HIERARCHY));
            pool.servants()
                    .forEach(servant -> writeServant(
                                    secondaries.putObject(servant.id().value()), servant)
                            .setAll(extras.getOrDefault(servant.id(), UnknownFields.none())
                                    .section(SECONDARIES)));
        }
        root.putObject(METADATA)
                .put("totalBots", senders.total())
                .put("activeBots", senders.active())
                .put("pendingBots", senders.pending())
                .put("lastModified", place)
                .setAll(file.section(METADATA));
        root.setAll(file.section(TOP));
        try {
            return new Template(WRITER.writeValueAsString(root) + "\n", place);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("A tree of plain values can be written", impossible);
        }
    }

    private static ObjectNode writeBot(ObjectNode bot, Sender master) {
        return bot.put("id", master.id().value())
                .put("phoneNumber", master.phone().map(Phone::e164).orElse(null))
                .put("displayName", master.displayName())
                .put("role", type(master))
                .put("type", "master")
                .put("enabled", master.enabled())
                .put("status", master.state().fileWord);
    }

    private static ObjectNode writeMaster(ObjectNode node, Pool pool, Map<SenderId, PoolSettings> settings) {
        node.put("type", type(pool.master()))
                .put("displayName", pool.master().displayName())
                .put("phoneNumber", pool.master().phone().map(Phone::e164).orElse(null));
        writeServants(node, pool);
        BotsConfigTuning.write(node, pool.master().traits());
        BotsConfigTuning.write(node, settings.getOrDefault(pool.master().id(), PoolSettings.DEFAULT));
        return node;
    }

    private static ObjectNode writeHierarchy(ObjectNode node, Pool pool) {
        node.put("masterId", pool.master().id().value()).put("masterType", type(pool.master()));
        writeServants(node, pool);
        return node.put("totalServants", pool.servants().size())
                .put("status", pool.status().key());
    }

    private static void writeServants(ObjectNode node, Pool pool) {
        ArrayNode ids = node.putArray("servants");
        pool.servants().forEach(servant -> ids.add(servant.id().value()));
    }

    private static ObjectNode writeServant(ObjectNode node, Sender servant) {
        node.put("id", servant.id().value())
                .put("masterAccountId", servant.masterId().map(SenderId::value).orElseThrow())
                .put("phoneNumber", servant.phone().map(Phone::e164).orElse(null))
                .put("displayName", servant.displayName())
                .put("purpose", servant.purpose().orElseThrow())
                .put("status", servant.state().fileWord);
        if (!servant.enabled()) {
            node.put("enabled", false);
        }
        BotsConfigTuning.write(node, servant.traits());
        return node;
    }

    private static String type(Sender master) {
        return master.masterType().orElseThrow().key();
    }
}
