package dev.banyan.workspaces.assistant;

import static dev.banyan.schema.Tables.*;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import dev.banyan.workspaces.assistant.AssistantSettings.Kind;
import dev.banyan.workspaces.assistant.AssistantSettings.Model;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;
import org.jooq.Record;

/// The settings of assistants and the usage of their models.
final class AssistantStore extends Store {

    private static final String CLOSED = "closed";

    AssistantStore(Tx tx) {
        super(tx);
    }

    /// Empty if the settings were never changed.
    Optional<AssistantSettings> find(AccountId tenant, WorkspaceId workspace) {
        return sql.selectFrom(ASSISTANTS)
                .where(ASSISTANTS.TENANT_ID.eq(tenant), ASSISTANTS.SUB_CLIENT_ID.eq(workspace))
                .fetchOptional(row -> settings(row, rules(tenant, workspace)));
    }

    private List<Rule> rules(AccountId tenant, WorkspaceId workspace) {
        return sql.select(ASSISTANT_RULES.WORDS, ASSISTANT_RULES.ANSWER)
                .from(ASSISTANT_RULES)
                .where(ASSISTANT_RULES.TENANT_ID.eq(tenant), ASSISTANT_RULES.SUB_CLIENT_ID.eq(workspace))
                .orderBy(ASSISTANT_RULES.POSITION)
                .fetch(row -> new Rule(row.value1(), row.value2()));
    }

    private static AssistantSettings settings(Record row, List<Rule> rules) {
        return new AssistantSettings(
                Keyed.of(Kind.class, row.get(ASSISTANTS.KIND)),
                row.get(ASSISTANTS.IS_FOR_CONTACTS),
                Optional.ofNullable(row.get(ASSISTANTS.GREETING)),
                rules,
                Optional.ofNullable(row.get(ASSISTANTS.FALLBACK)),
                new HandOver(
                        Optional.ofNullable(row.get(ASSISTANTS.HANDOVER_WORDS)).orElse(""),
                        Optional.ofNullable(row.get(ASSISTANTS.HANDOVER_TEXT)),
                        row.get(ASSISTANTS.PHONE_PAUSE_MINUTES),
                        row.get(ASSISTANTS.MOST_ANSWERS)),
                hours(row.get(ASSISTANTS.TIME_ZONE), Optional.ofNullable(row.get(ASSISTANTS.OFFICE_HOURS))),
                Optional.ofNullable(row.get(ASSISTANTS.CLOSED_TEXT)),
                new Model(
                        Optional.ofNullable(row.get(ASSISTANTS.ENDPOINT)).map(URI::create),
                        Optional.ofNullable(row.get(ASSISTANTS.MODEL)),
                        Optional.ofNullable(row.get(ASSISTANTS.INSTRUCTIONS)),
                        row.get(ASSISTANTS.TEMPERATURE),
                        row.get(ASSISTANTS.MAX_TOKENS),
                        Optional.ofNullable(row.get(ASSISTANTS.SEALED_KEY))
                                .map(text -> new AssistantSettings.Key(
                                        text,
                                        Optional.ofNullable(row.get(ASSISTANTS.KEY_END))
                                                .orElse("")))));
    }

    private static OfficeHours hours(String zone, Optional<String> written) {
        if (written.isEmpty()) {
            return OfficeHours.always(ZoneId.of(zone));
        }
        JsonNode json = JsonDocument.tree(written.get());
        var days = new EnumMap<DayOfWeek, List<OfficeHours.Span>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            List<LocalTime> times = json.path(OfficeHours.key(day))
                    .valueStream()
                    .map(time -> LocalTime.parse(time.asText()))
                    .toList();
            if (!times.isEmpty()) {
                days.put(
                        day,
                        times.stream()
                                .gather(Gatherers.windowFixed(2))
                                .map(span -> new OfficeHours.Span(span.getFirst(), span.getLast()))
                                .toList());
            }
        }
        var closed = new TreeSet<LocalDate>();
        json.path(CLOSED).forEach(date -> closed.add(LocalDate.parse(date.asText())));
        return new OfficeHours(ZoneId.of(zone), days, closed);
    }

    private static Optional<String> written(OfficeHours hours) {
        if (hours.isAlways()) {
            return Optional.empty();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        hours.days().forEach((day, spans) -> {
            var times = json.putArray(OfficeHours.key(day));
            spans.forEach(
                    span -> times.add(span.from().toString()).add(span.until().toString()));
        });
        var closed = json.putArray(CLOSED);
        hours.closedDays().stream().sorted().forEach(day -> closed.add(day.toString()));
        return Optional.of(json.toString());
    }

    /// Replaces the settings.
    void save(AccountId tenant, WorkspaceId workspace, AssistantSettings settings, Instant now) {
        sql.deleteFrom(ASSISTANT_RULES)
                .where(ASSISTANT_RULES.TENANT_ID.eq(tenant), ASSISTANT_RULES.SUB_CLIENT_ID.eq(workspace))
                .execute();
        sql.deleteFrom(ASSISTANTS)
                .where(ASSISTANTS.TENANT_ID.eq(tenant), ASSISTANTS.SUB_CLIENT_ID.eq(workspace))
                .execute();
        Model model = settings.model();
        sql.insertInto(ASSISTANTS)
                .set(ASSISTANTS.SUB_CLIENT_ID, workspace)
                .set(ASSISTANTS.TENANT_ID, tenant)
                .set(ASSISTANTS.KIND, settings.kind().key())
                .set(ASSISTANTS.IS_FOR_CONTACTS, settings.forContacts())
                .set(ASSISTANTS.GREETING, settings.greeting().orElse(null))
                .set(ASSISTANTS.FALLBACK, settings.fallback().orElse(null))
                .set(ASSISTANTS.HANDOVER_WORDS, settings.handOver().words())
                .set(ASSISTANTS.HANDOVER_TEXT, settings.handOver().text().orElse(null))
                .set(ASSISTANTS.PHONE_PAUSE_MINUTES, settings.handOver().phonePause())
                .set(ASSISTANTS.MOST_ANSWERS, settings.handOver().mostAnswers())
                .set(ASSISTANTS.TIME_ZONE, settings.hours().zone().getId())
                .set(ASSISTANTS.OFFICE_HOURS, written(settings.hours()).orElse(null))
                .set(ASSISTANTS.CLOSED_TEXT, settings.closedText().orElse(null))
                .set(ASSISTANTS.ENDPOINT, model.endpoint().map(URI::toString).orElse(null))
                .set(ASSISTANTS.MODEL, model.name().orElse(null))
                .set(ASSISTANTS.INSTRUCTIONS, model.instructions().orElse(null))
                .set(ASSISTANTS.TEMPERATURE, model.temperature())
                .set(ASSISTANTS.MAX_TOKENS, model.maxTokens())
                .set(
                        ASSISTANTS.SEALED_KEY,
                        model.key().map(AssistantSettings.Key::sealed).orElse(null))
                .set(
                        ASSISTANTS.KEY_END,
                        model.key().map(AssistantSettings.Key::end).orElse(null))
                .set(ASSISTANTS.UPDATED_AT, now)
                .execute();
        for (int i = 0; i < settings.rules().size(); i++) {
            Rule rule = settings.rules().get(i);
            sql.insertInto(ASSISTANT_RULES)
                    .set(ASSISTANT_RULES.ID, UUID.randomUUID().toString())
                    .set(ASSISTANT_RULES.TENANT_ID, tenant)
                    .set(ASSISTANT_RULES.SUB_CLIENT_ID, workspace)
                    .set(ASSISTANT_RULES.POSITION, i)
                    .set(ASSISTANT_RULES.WORDS, rule.words())
                    .set(ASSISTANT_RULES.ANSWER, rule.answer())
                    .execute();
        }
    }

    /// Adds to the counters of the day.
    ///
    /// @return false if the workspace was deleted meanwhile
    boolean use(AccountId tenant, WorkspaceId workspace, AssistantUsage usage) {
        boolean there = RowLock.on(
                        sql.select(SUB_CLIENTS.ID)
                                .from(SUB_CLIENTS)
                                .where(
                                        SUB_CLIENTS.TENANT_ID.eq(tenant),
                                        SUB_CLIENTS.ID.eq(workspace),
                                        SUB_CLIENTS.DELETED_AT.isNull()),
                        sql)
                .fetchOptional()
                .isPresent();
        if (!there) {
            return false;
        }
        sql.insertInto(ASSISTANT_USAGE)
                .set(ASSISTANT_USAGE.SUB_CLIENT_ID, workspace)
                .set(ASSISTANT_USAGE.DAY, usage.day())
                .set(ASSISTANT_USAGE.TENANT_ID, tenant)
                .set(ASSISTANT_USAGE.ANSWERS, usage.answers())
                .set(ASSISTANT_USAGE.FAILURES, usage.failures())
                .set(ASSISTANT_USAGE.INPUT_TOKENS, usage.inputTokens())
                .set(ASSISTANT_USAGE.OUTPUT_TOKENS, usage.outputTokens())
                .set(ASSISTANT_USAGE.ESTIMATED, usage.estimated())
                .onConflict(ASSISTANT_USAGE.SUB_CLIENT_ID, ASSISTANT_USAGE.DAY)
                .doUpdate()
                .set(Columns.adding(
                        ASSISTANT_USAGE.ANSWERS,
                        ASSISTANT_USAGE.FAILURES,
                        ASSISTANT_USAGE.INPUT_TOKENS,
                        ASSISTANT_USAGE.OUTPUT_TOKENS,
                        ASSISTANT_USAGE.ESTIMATED))
                .execute();
        return true;
    }

    /// Returns usage by day, newest first, without days of no usage.
    List<AssistantUsage> usage(AccountId tenant, WorkspaceId workspace, LocalDate from) {
        return sql.selectFrom(ASSISTANT_USAGE)
                .where(
                        ASSISTANT_USAGE.TENANT_ID.eq(tenant),
                        ASSISTANT_USAGE.SUB_CLIENT_ID.eq(workspace),
                        ASSISTANT_USAGE.DAY.ge(from.toString()))
                .orderBy(ASSISTANT_USAGE.DAY.desc())
                .fetch(row -> new AssistantUsage(
                        row.get(ASSISTANT_USAGE.DAY),
                        row.get(ASSISTANT_USAGE.ANSWERS),
                        row.get(ASSISTANT_USAGE.FAILURES),
                        row.get(ASSISTANT_USAGE.INPUT_TOKENS),
                        row.get(ASSISTANT_USAGE.OUTPUT_TOKENS),
                        row.get(ASSISTANT_USAGE.ESTIMATED)));
    }

    /// A key as it is sealed, and where it is used.
    record SealedKey(AccountId tenant, WorkspaceId workspace, URI endpoint, String sealed) {}

    @AllTenants("binds keys to their addresses once, after an update")
    List<SealedKey> keysSealedBefore(String prefix) {
        return sql.select(ASSISTANTS.TENANT_ID, ASSISTANTS.SUB_CLIENT_ID, ASSISTANTS.ENDPOINT, ASSISTANTS.SEALED_KEY)
                .from(ASSISTANTS)
                .where(ASSISTANTS.SEALED_KEY.startsWith(prefix), ASSISTANTS.ENDPOINT.isNotNull())
                .fetch(row -> new SealedKey(row.value1(), row.value2(), URI.create(row.value3()), row.value4()));
    }

    void reseal(AccountId tenant, SealedKey before, String sealed) {
        sql.update(ASSISTANTS)
                .set(ASSISTANTS.SEALED_KEY, sealed)
                .where(
                        ASSISTANTS.TENANT_ID.eq(tenant),
                        ASSISTANTS.SUB_CLIENT_ID.eq(before.workspace()),
                        ASSISTANTS.SEALED_KEY.eq(before.sealed()))
                .execute();
    }

    /// Returns all sealed keys of this server, for the doctor.
    @AllTenants("the doctor checks whether the server's key opens them")
    List<String> sealedKeys() {
        return sql.fetchValues(ASSISTANTS.SEALED_KEY, ASSISTANTS.SEALED_KEY.isNotNull());
    }
}
