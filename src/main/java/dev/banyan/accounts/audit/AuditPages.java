package dev.banyan.accounts.audit;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.AuditEntry;
import dev.banyan.platform.audit.AuditFilter;
import dev.banyan.platform.audit.AuditFilter.By;
import dev.banyan.platform.audit.AuditLog;
import dev.banyan.platform.audit.AuditWords;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Moment;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.ReaderZone;
import jakarta.inject.Singleton;

/// Reads the audit log for pages and exports.
@Singleton
public record AuditPages(AuditLog log, AuditNames names) {

    private static final int ROWS = 50;

    /// The reader of the audit log. Everything that a filter names is looked up only in what the reader may see.
    public sealed interface Reader {

        /// People of an agency, who see what was done in it.
        record Agency(AccountId tenant) implements Reader {}

        /// Operators, who see everything.
        record Server() implements Reader {}
    }

    /// Some entries with the names in them.
    ///
    /// @param next where the list continues; empty at its end
    record Part(List<AuditEntry> entries, AuditNames.Named names, Optional<UUID> next) {

        static final Part EMPTY =
                new Part(List.of(), new AuditNames.Named(Map.of(), Map.of(), Set.of()), Optional.empty());
    }

    /// @param query a query without mistakes
    AuditFilter filter(Reader reader, AuditQuery query) {
        return new AuditFilter(
                query.scope().equals(AuditQuery.SERVER) ? Optional.of(AccountId.SERVER) : Optional.empty(),
                query.account().isEmpty() ? Optional.empty() : Optional.of(accounts(reader, query.account())),
                query.person().isEmpty() ? Optional.empty() : Optional.of(by(reader, query.person())),
                Optional.of(query.action()).filter(action -> !action.isEmpty()),
                query.firstDay().map(AuditPages::begin),
                query.lastDay().map(day -> begin(day.plusDays(1))),
                query.search());
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ReaderZone.zone()).toInstant();
    }

    private List<AccountId> accounts(Reader reader, String username) {
        return switch (reader) {
            case Reader.Agency agency -> names.named(agency.tenant(), username);
            case Reader.Server _ -> names.named(username).stream().toList();
        };
    }

    private By by(Reader reader, String person) {
        if (person.equals(AuditQuery.SERVER)) {
            return new By.Server();
        }
        Optional<IdentityId> found = switch (reader) {
            case Reader.Agency agency -> names.person(agency.tenant(), person);
            case Reader.Server _ -> names.person(person);
        };
        return found.<By>map(By.Person::new).orElseGet(By.Nobody::new);
    }

    Part part(Reader reader, AuditFilter filter, Optional<UUID> after, int limit) {
        return switch (reader) {
            case Reader.Agency agency -> {
                AuditLog.Listed listed = log.ofTenant(agency.tenant(), filter, after, limit);
                yield new Part(listed.entries(), names.of(agency.tenant(), listed.entries()), listed.next());
            }
            case Reader.Server _ -> {
                AuditLog.Listed listed = log.ofAll(filter, after, limit);
                yield new Part(listed.entries(), names.ofAll(listed.entries()), listed.next());
            }
        };
    }

    public AuditPage page(Reader reader, PageFrame shell, String path, AuditQuery query, Optional<UUID> after) {
        List<String> mistakes = query.mistakes();
        Part part = mistakes.isEmpty() ? part(reader, filter(reader, query), after, ROWS) : Part.EMPTY;
        return new AuditPage(
                shell,
                path,
                path + ".csv" + address(shell, query),
                reader instanceof Reader.Server,
                query,
                actions(),
                reader instanceof Reader.Agency agency ? names.people(agency.tenant()) : List.of(),
                part.entries().stream().map(entry -> row(entry, part.names())).toList(),
                mistakes,
                after.isEmpty(),
                part.next().map(UUID::toString));
    }

    private static String address(PageFrame shell, AuditQuery query) {
        String filters = query.text();
        if (filters.isEmpty()) {
            return shell.query();
        }
        return shell.query().isEmpty() ? "?" + filters : shell.query() + "&" + filters;
    }

    /// Returns the actions, sorted by display name.
    private static List<Choice> actions() {
        return AuditWords.actions().stream()
                .map(action -> new Choice(action, AuditWords.of(action)))
                .sorted(Comparator.comparing(Choice::label))
                .toList();
    }

    private static AuditPage.Row row(AuditEntry entry, AuditNames.Named names) {
        return new AuditPage.Row(
                entry.id().toString(),
                new Moment(entry.at()),
                entry.sentence(),
                entry.action(),
                entry.target(),
                names.who(entry),
                names.account(entry).orElse(""),
                names.ip(entry),
                readable(entry.facts()),
                entry.details().isEmpty(),
                entry.place().map(AuditEntry.ChainPosition::sequence),
                entry.place().map(AuditEntry.ChainPosition::hash));
    }

    /// Makes keys readable: `movedTo` becomes "Moved to".
    private static Map<String, String> readable(Map<String, String> facts) {
        var readable = new LinkedHashMap<String, String>();
        facts.forEach((key, value) -> {
            String words = key.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
            readable.put(
                    words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
                    value);
        });
        return readable;
    }
}
