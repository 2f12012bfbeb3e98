package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.SubAccountField;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.brands.BrandStarts.Started;
import dev.banyan.accounts.brands.BulkReport.Line;
import dev.banyan.accounts.brands.BulkReport.Result;
import dev.banyan.accounts.brands.SubAccountChanges.Updated;
import dev.banyan.accounts.brands.SubAccountLife.Changed;
import dev.banyan.accounts.brands.SubAccounts.NameCheck;
import dev.banyan.accounts.brands.SubAccounts.NewSubAccount;
import dev.banyan.accounts.context.ContextRuns;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.LongTaskSource;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.BackgroundRuns.ListRun;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Limit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.LongTask;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Acts on many brands of an agency, each on its own: a failure doesn't stop the others.
@Singleton
public final class BrandBatches implements LongTaskSource {

    /// How many brands a form may name; a filter may find more.
    public static final int MOST = 1_000;

    private static final int PORTION = 1_000;

    /// Lines of a list of new brands.
    private static final int NAMES_AT_ONCE = 1_000;
    static final int MOST_IN_A_LIST = 200;

    private static final String NAME_TAKEN = "This username is taken.";

    private static final int LABELS_OFFERED = 100;

    /// A brand of a list, with the username that it would get.
    ///
    /// @param problem why it can't be created; empty if it can
    record Planned(NewSubAccount wanted, Optional<String> problem, Optional<String> sameName) {

        String displayName() {
            return wanted.fields().of(SubAccountField.DISPLAY_NAME).orElse("");
        }
    }

    /// What is done to each brand.
    sealed interface Act {

        record Suspend() implements Act {}

        record Activate() implements Act {}

        /// @param label empty removes it
        record Label(String label) implements Act {}

        /// @param to who gets notices about it: `parent`, `subaccount` or `both`; empty for the server's default
        record Notices(String to) implements Act {}
    }

    private final Database database;
    private final SubAccounts subAccounts;
    private final SubAccountLife life;
    private final SubAccountChanges changes;
    private final BrandStarts starts;
    private final ContextRuns<Line> runs;

    BrandBatches(
            Database database,
            SubAccounts subAccounts,
            SubAccountLife life,
            SubAccountChanges changes,
            BrandStarts starts,
            Contexts contexts) {
        this.database = database;
        this.subAccounts = subAccounts;
        this.life = life;
        this.changes = changes;
        this.starts = starts;
        this.runs = new ContextRuns<>(contexts);
    }

    /// Returns the chosen brands that are not deleted, by username.
    ///
    /// @param idsOrNames at most [#MOST] of them count
    public List<Account> chosen(AccountContext context, List<String> idsOrNames) {
        List<String> names = idsOrNames.stream()
                .limit(MOST)
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        return names.isEmpty()
                ? List.of()
                : database.read(tx -> new SubAccountStore(tx)
                        .named(context.root().id(), names).stream()
                                .map(SubAccountStore.Row::account)
                                .sorted(Comparator.comparing(Account::username))
                                .toList());
    }

    /// Returns the brands of one page of a list, without deleted ones.
    public List<Account> first(AccountContext context, SubAccountQuery query) {
        return subAccounts.accounts(context, query).stream()
                .filter(account -> account.status() != AccountStatus.DELETED)
                .toList();
    }

    /// Returns all brands that a list shows, without deleted ones, in its order.
    public List<Account> matching(AccountContext context, SubAccountQuery query) {
        var found = new ArrayList<Account>();
        List<Account> some = subAccounts.accounts(context, query.after(Optional.empty(), PORTION));
        while (!some.isEmpty()) {
            found.addAll(some);
            some = some.size() < PORTION
                    ? List.of()
                    : subAccounts.accounts(
                            context, query.after(Optional.of(some.getLast().id()), PORTION));
        }
        found.removeIf(account -> account.status() == AccountStatus.DELETED);
        return List.copyOf(found);
    }

    /// Returns labels in use, for a field that suggests them.
    List<String> labels(AccountContext context) {
        return database.read(tx -> new SubAccountStore(tx).labels(context.root().id(), LABELS_OFFERED));
    }

    /// Returns the rule that an act breaks for every brand.
    static Optional<Invalid> broken(Act act) {
        return fields(act).flatMap(change -> change.broken().stream().findFirst());
    }

    private static Optional<SubAccountFields> fields(Act act) {
        return switch (act) {
            case Act.Suspend _, Act.Activate _ -> Optional.empty();
            case Act.Label(String label) ->
                Optional.of(SubAccountFields.NONE.with(SubAccountField.INTERNAL_LABEL, label));
            case Act.Notices(String to) -> Optional.of(SubAccountFields.NONE.with(SubAccountField.NOTIFY, to));
        };
    }

    /// Acts on a few brands, or begins to act on many.
    ///
    /// @return false while another run of the person, or too many of others, are running
    boolean run(AccountContext context, List<Account> brands, Act act) {
        return runs.run(context, brands, account -> run(context, account, act));
    }

    /// Says what would become of each line of a list. A line without a username gets one from its name.
    ///
    /// @param lines with `name`, `username` and `email`
    List<Planned> planned(AccountContext context, List<Map<String, String>> lines) {
        Limit room = subAccounts.list(context, "", Optional.empty(), 1).limits().remaining();
        var planned = new ArrayList<Planned>();
        var names = new HashSet<String>();
        Set<String> displayNames = displayNames(context);
        for (Map<String, String> line : lines) {
            String displayName = line.getOrDefault("name", "");
            String typed = Names.lower(line.getOrDefault("username", "")).replaceFirst("^@", "");
            var wanted = new NewSubAccount(
                    typed.isEmpty() ? usernameFor(context, displayName, names) : typed,
                    displayName,
                    Optional.of(line.getOrDefault("email", "")).filter(email -> !email.isEmpty()),
                    Optional.empty());
            Optional<String> problem = problem(context, wanted, names)
                    .or(() -> room.isFull(names.size())
                            ? Optional.of("Your plan has no room for it.")
                            : Optional.empty());
            if (problem.isEmpty()) {
                names.add(wanted.username());
            }
            boolean isSame = !displayNames.add(displayName.strip().toLowerCase(Locale.ROOT));
            planned.add(new Planned(
                    wanted,
                    problem,
                    Optional.of("Another brand has this name.").filter(_ -> isSame && problem.isEmpty())));
        }
        return List.copyOf(planned);
    }

    /// In lower case: a list that is sent twice would make all brands twice.
    private Set<String> displayNames(AccountContext context) {
        var names = new HashSet<String>();
        List<Account> part = accounts(context, Optional.empty());
        while (!part.isEmpty()) {
            part.forEach(brand -> names.add(brand.displayName().toLowerCase(Locale.ROOT)));
            part = accounts(context, Optional.of(part.getLast().id()));
        }
        return names;
    }

    private List<Account> accounts(AccountContext context, Optional<AccountId> after) {
        return subAccounts.accounts(context, SubAccountQuery.newest("", after, NAMES_AT_ONCE));
    }

    /// @param others usernames of other lines
    private String usernameFor(AccountContext context, String displayName, Set<String> others) {
        String first = starts.usernameFor(context, displayName);
        return IntStream.rangeClosed(1, MOST_IN_A_LIST)
                .mapToObj(number -> number == 1 ? first : first + "-" + number)
                .filter(name -> !others.contains(name))
                .filter(name -> name.equals(first) || subAccounts.check(context, name) instanceof NameCheck.Free)
                .findFirst()
                .orElse(first);
    }

    private Optional<String> problem(AccountContext context, NewSubAccount wanted, Set<String> others) {
        Optional<Invalid> broken = wanted.fields().broken().stream().findFirst();
        if (broken.isPresent()) {
            return broken.map(Invalid::userMessage);
        }
        return switch (subAccounts.check(context, wanted.username())) {
            case NameCheck.Broken(Invalid invalid) -> Optional.of(invalid.userMessage());
            case NameCheck.Taken _ -> Optional.of(NAME_TAKEN);
            case NameCheck.Free _ ->
                others.contains(wanted.username()) ? Optional.of("Another line has this username.") : Optional.empty();
        };
    }

    /// Creates a few brands of a list, or begins to create many. Each is created, or refused, for itself.
    ///
    /// @return false while another run of the person, or too many of others, are running
    boolean create(AccountContext context, List<Planned> planned, BrandStarts.Source source) {
        return runs.run(context, planned, brand -> create(context, brand, source));
    }

    private Line create(AccountContext context, Planned planned, BrandStarts.Source source) {
        if (planned.problem().isPresent()) {
            return line(planned, Result.NOT_CREATED, planned.problem().get());
        }
        return switch (starts.create(context, planned.wanted(), source, Optional.empty())) {
            case Started.Done(SubAccounts.SubAccount _, Optional<String> _, List<LeftOut> leftOut) ->
                line(
                        planned,
                        Result.CREATED,
                        leftOut.stream().map(LeftOut::sentence).collect(Collectors.joining(" ")));
            case Started.NameTaken _ -> line(planned, Result.NOT_CREATED, NAME_TAKEN);
            case Started.BrandNotFound _ -> line(planned, Result.NOT_CREATED, "The brand to copy was deleted.");
            case Started.TemplateNotFound _ -> line(planned, Result.NOT_CREATED, "The template was deleted.");
            case Started.PictureRefused(String why) -> line(planned, Result.NOT_CREATED, why);
            case Started.Refused(Refusal refusal) -> line(planned, Result.NOT_CREATED, why(refusal));
        };
    }

    private static Line line(Planned planned, Result result, String why) {
        return new Line(planned.wanted().username(), planned.displayName(), result, why);
    }

    @Override
    public List<LongTask> ofRoot(Tx tx, AccountContext root, Set<String> asked) {
        return runs.task(
                root, brands -> "Change of " + Words.count(brands, "brand", "brands"), "/admin/brands/bulk/run");
    }

    /// Returns how far the person's last act is.
    Optional<ListRun<Line>> lastRun(AccountContext context) {
        return runs.last(context);
    }

    private Line run(AccountContext context, Account account, Act act) {
        String id = account.id().toString();
        return switch (act) {
            case Act.Suspend _ ->
                account.status() == AccountStatus.SUSPENDED
                        ? line(account, Result.UNCHANGED, "It was suspended already.")
                        : line(account, life.suspend(context, id));
            case Act.Activate _ ->
                account.status() == AccountStatus.ACTIVE
                        ? line(account, Result.UNCHANGED, "It was active already.")
                        : line(account, life.reactivate(context, id));
            case Act.Label _, Act.Notices _ ->
                change(context, account, fields(act).orElseThrow());
        };
    }

    private static Line line(Account account, Changed changed) {
        return switch (changed) {
            case Changed.Done _ -> line(account, Result.CHANGED, "");
            case Changed.NameTaken _ -> line(account, Result.REFUSED, "Another brand now has its username.");
            case Changed.Refused(Refusal refusal) -> line(account, Result.REFUSED, why(refusal));
        };
    }

    private Line change(AccountContext context, Account account, SubAccountFields change) {
        Optional<SubAccounts.Described> before =
                subAccounts.find(context, account.id().toString());
        if (before.filter(found ->
                        change.changing(found.subAccount().details().fields()).isEmpty())
                .isPresent()) {
            return line(account, Result.UNCHANGED, "It had this already.");
        }
        return switch (changes.update(context, account.id().toString(), Optional.empty(), change)) {
            case Updated.Done _ -> line(account, Result.CHANGED, "");
            case Updated.Suspended _ -> line(account, Result.REFUSED, "It’s suspended. Activate it first.");
            case Updated.Refused(Refusal refusal) -> line(account, Result.REFUSED, why(refusal));
        };
    }

    private static String why(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound _ -> "It was deleted in the meantime.";
            case Refusal.Forbidden _ -> "This account has no agency permission.";
            case Refusal.Rejected rejected -> rejected.first().userMessage();
            case Refusal.LimitReached(long used, long max) ->
                "Your pack is full: " + used + " of " + max + " brands used.";
            case Refusal.ReadOnly(var until) -> "It’s read-only until " + Words.day(until) + ".";
            case Refusal.Conflict(String why) -> why;
            case Refusal.TooMany _ -> "Too many requests. Try again later.";
        };
    }

    private static Line line(Account account, Result result, String why) {
        return new Line(account.username(), account.displayName(), result, why);
    }
}
