package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.ManagedAccount;
import dev.banyan.accounts.Paths;
import dev.banyan.accounts.PlanQuota;
import dev.banyan.accounts.RecentContextStore;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.accounts.SupportStore;
import dev.banyan.accounts.UsageStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.config.Area;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.Brand;
import dev.banyan.platform.web.page.LongTask;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Toasts;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Builds the frame around every signed-in page: the person, the account they act for, and the navigation.
@Singleton
public record PageFrames(
        Database database,
        Assets assets,
        Navigation navigation,
        InboxCounts inboxes,
        LongTasks tasks,
        AccountPictures pictures,
        ServerMail serverMail,
        Clock clock) {

    static final int BRANDS_IN_SWITCHER = 8;

    private static final int RECENT = 5;

    private record Around(AccountContext context, Instant second) {}

    private record Surroundings(
            String email,
            String name,
            Optional<String> picture,
            Account own,
            long subAccounts,
            Choices choices,
            List<Account> managed,
            Map<AccountId, String> pictures,
            int invitations,
            Optional<Set<Area>> hidden,
            Optional<SupportAccess> support,
            long unread) {

        private Brand brand(Account account) {
            return PageFrames.brand(account, pictures);
        }

        private List<Brand> brands(List<Account> accounts) {
            return accounts.stream().map(this::brand).toList();
        }
    }

    private record Seen(Surroundings around, List<LongTask> tasks) {}

    private record Choices(List<Account> recent, List<Account> others) {
        static final Choices NONE = new Choices(List.of(), List.of());
    }

    public PageFrame of(Call call, AccountContext context, NavItem current, String title) {
        var question = new Around(context, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        Seen seen = database.read(tx -> new Seen(
                tx.once(question, asked -> around(tx, asked.context(), asked.second())),
                tasks.of(tx, Optional.of(context), isOperator(call), Set.of())));
        Surroundings around = seen.around();
        Account acting = context.acting();
        Account own = around.own();
        return new PageFrame(
                title,
                current,
                new PageFrame.Person(around.name(), around.email(), around.picture()),
                Optional.of(new PageFrame.Acting(
                        around.brand(acting),
                        !acting.id().equals(own.id()),
                        around.brand(own),
                        context.membership().isOwner()
                                || !own.id().equals(acting.id())
                                        && !own.id().equals(context.root().id()))),
                around.brands(around.choices().recent()),
                around.brands(around.choices().others()),
                around.brands(around.managed()),
                (int) around.subAccounts(),
                around.invitations(),
                navigation.of(
                        context,
                        around.hidden(),
                        current,
                        new Navigation.Counts(around.subAccounts(), around.unread()),
                        isOperator(call)),
                isOperator(call),
                navigation.sells() && !context.root().unlimited(),
                serverMail.isConnected(),
                around.support().map(access -> support(context, access)),
                seen.tasks(),
                call.query("done").flatMap(Toasts::of),
                Assets.theme(call),
                back(call, acting),
                assets.version(),
                assets.release());
    }

    /// Returns the frame for pages with a person's sign-in settings.
    public PageFrame of(Call call, SignedInPerson self, String title) {
        return self.around()
                .map(context -> of(call, context, NavItem.SETTINGS, title))
                .orElseGet(() -> ofOperator(call, NavItem.SETTINGS, title));
    }

    private Surroundings around(Tx tx, AccountContext context, Instant now) {
        var identities = new IdentityStore(tx);
        Optional<Identity> person = identities.find(context.identity());
        boolean self = context.actor().onBehalf().isEmpty();
        List<ManagedAccount> managed = self ? ManagedAccount.by(tx, context.identity()) : List.of();
        Account own = identities
                .home(context.identity())
                .filter(_ -> self)
                .filter(home -> !home.equals(context.root().id()))
                .flatMap(new AccountStore(tx)::find)
                .orElse(context.membership().everything() ? context.root() : context.acting());
        boolean everything = context.membership().everything();
        long subAccounts = everything
                ? new UsageStore(tx).used(context.root().id(), PlanQuota.SUB_ACCOUNTS)
                : ManagedAccount.listed(managed, context).size();
        Choices choices = subAccounts == 0
                ? Choices.NONE
                : everything
                        ? choices(tx, context)
                        : new Choices(
                                List.of(),
                                ManagedAccount.listed(managed, context).stream()
                                        .limit(BRANDS_IN_SWITCHER)
                                        .toList());
        List<Account> others = managed.stream()
                .filter(one ->
                        everything || !one.root().id().equals(context.root().id()))
                .limit(BRANDS_IN_SWITCHER)
                .map(ManagedAccount::account)
                .toList();
        return new Surroundings(
                person.map(Identity::email).orElse(""),
                person.flatMap(Identity::name)
                        .or(() -> person.map(Identity::email))
                        .orElse(""),
                person.filter(_ -> self).flatMap(Identity::picture),
                own,
                subAccounts,
                choices,
                others,
                pictures(
                        tx,
                        Stream.of(List.of(own, context.acting()), choices.recent(), choices.others(), others)
                                .flatMap(List::stream)),
                person.filter(found -> self && found.emailConfirmed())
                        .map(found -> new AccountInvitationStore(tx).countAddressedTo(found.email()))
                        .orElse(0),
                new HiddenAreaStore(tx).find(context.root().id()),
                support(tx, context, now),
                inboxes.unread(tx, context));
    }

    /// Returns the access of an operator that the person should know of: their own, or one that they can end.
    private static Optional<SupportAccess> support(Tx tx, AccountContext context, Instant now) {
        var store = new SupportStore(tx);
        return context.actor().onBehalf().isPresent()
                ? store.find(
                        context.root().id(), context.actor().onBehalf().get().access())
                : context.membership().isOwner()
                        ? store.unended(context.root().id()).stream()
                                .filter(access -> access.isOpen(now))
                                .findFirst()
                        : Optional.empty();
    }

    private static PageFrame.Support support(AccountContext context, SupportAccess access) {
        return new PageFrame.Support(
                context.actor().onBehalf().isPresent(),
                context.root().displayName(),
                Words.time(access.expiresAt()),
                access.reason());
    }

    /// Returns what the switcher shows before a search.
    private static Choices choices(Tx tx, AccountContext context) {
        var store = new SubAccountStore(tx);
        AccountId tenant = context.root().id();
        List<AccountId> used = new RecentContextStore(tx).list(tenant, context.identity());
        List<Account> recent = used.isEmpty()
                ? List.of()
                : store.active(tenant, used).stream()
                        .map(SubAccountStore.Row::account)
                        .sorted(Comparator.comparing(account -> used.indexOf(account.id())))
                        .limit(RECENT)
                        .toList();
        List<Account> newest =
                store.list(tenant, SubAccountQuery.newest("", Optional.empty(), BRANDS_IN_SWITCHER + RECENT)).stream()
                        .map(SubAccountStore.Row::account)
                        .filter(account -> !recent.contains(account))
                        .limit(BRANDS_IN_SWITCHER)
                        .toList();
        return new Choices(recent, newest);
    }

    /// Reads the pictures of accounts, those of a tenant at once.
    private Map<AccountId, String> pictures(Tx tx, Stream<Account> shown) {
        var paths = new HashMap<AccountId, String>();
        shown.collect(Collectors.groupingBy(
                        account -> account.owner().tenant(), Collectors.mapping(Account::id, Collectors.toSet())))
                .forEach((tenant, accounts) -> paths.putAll(pictures.paths(tx, tenant, accounts)));
        return paths;
    }

    /// Returns accounts as the switcher shows them.
    public List<Brand> brands(List<Account> accounts) {
        Map<AccountId, String> found = database.read(tx -> pictures(tx, accounts.stream()));
        return accounts.stream().map(account -> brand(account, found)).toList();
    }

    /// Returns the address of this page without the toast of the previous one, or of the dashboard if the page answers
    /// a form and has no address. It names the account that the page was drawn for, even if the page's own address
    /// does not.
    private static String back(Call call, Account acting) {
        String path = back(call, Paths.HOME);
        return call.isGet() && call.namedAccount().isPresent()
                ? path
                : path + (path.contains("?") ? "&" : "?") + "as=" + acting.username();
    }

    private static String back(Call call, String instead) {
        return call.isGet() ? call.path().replaceFirst("[?&]done=[a-z-]*$", "") : instead;
    }

    /// Returns the frame for an operator: around their own account, if they have one.
    public PageFrame ofOperator(Call call, NavItem current, String title) {
        return ownAccount(call)
                .map(own -> of(call, own, current, title))
                .orElseGet(() -> withoutAccount(call, current, title));
    }

    private Optional<AccountContext> ownAccount(Call call) {
        return call.identity()
                .flatMap(person -> database.read(tx -> new IdentityStore(tx)
                        .home(person)
                        .flatMap(home -> OpenAccounts.root(tx, home))
                        .map(root -> new AccountContext(call.actor(), person, root, root))));
    }

    private PageFrame withoutAccount(Call call, NavItem current, String title) {
        PageFrame.Person person = call.identity()
                .flatMap(id -> database.read(tx -> new IdentityStore(tx).find(id)))
                .map(found -> new PageFrame.Person(found.email(), found.email(), found.picture()))
                .orElseGet(() -> new PageFrame.Person("", "", Optional.empty()));
        return ofOperator(call, person, tasks(call, Optional.empty(), Set.of()), current, title);
    }

    /// Returns the frame for a person who no longer belongs to any account.
    public PageFrame ofPerson(Call call, String title) {
        return withoutAccount(call, NavItem.NONE, title);
    }

    /// Returns what goes on that the person may see.
    ///
    /// @param asked see [LongTasks#of]
    List<LongTask> tasks(Call call, Optional<AccountContext> context, Set<String> asked) {
        return database.read(tx -> tasks.of(tx, context, isOperator(call), asked));
    }

    private PageFrame ofOperator(
            Call call, PageFrame.Person person, List<LongTask> tasks, NavItem current, String title) {
        return new PageFrame(
                title,
                current,
                person,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                0,
                0,
                isOperator(call) ? List.of(Navigation.ofServer("", current, true)) : List.of(),
                isOperator(call),
                false,
                serverMail.isConnected(),
                Optional.empty(),
                tasks,
                call.query("done").flatMap(Toasts::of),
                Assets.theme(call),
                back(call, Paths.OPERATOR_HOME),
                assets.version(),
                assets.release());
    }

    private static Brand brand(Account account, Map<AccountId, String> pictures) {
        return new Brand(
                account.displayName(),
                account.username(),
                account.status() == AccountStatus.ACTIVE,
                account.suspendsAt().map(Words::day),
                Optional.ofNullable(pictures.get(account.id())));
    }

    private static boolean isOperator(Call call) {
        return call.caller() instanceof Caller.Operator;
    }
}
