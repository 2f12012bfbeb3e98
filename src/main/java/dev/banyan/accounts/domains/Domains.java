package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Idna;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.dns.HostName;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// The domains of an account: adding and removing them. A host is served for one account on the whole server: the one
/// whose proof was seen ([DomainStates]).
@Singleton
public final class Domains {

    static final int MOST = 100;

    private static final Invalid BOTH = Invalid.whole("Give either pageId or subClientId, not both");

    /// What an account wants at a host: a page, a workspace, or, with neither, its default page.
    public record Wish(String host, Optional<String> page, Optional<String> workspace) {}

    /// Result of adding a domain.
    public sealed interface Added {

        record Done(Domain domain) implements Added {}

        record NotInPlan(Tier tier) implements Added {}

        /// The account has this host already.
        record Known(Domain domain) implements Added {}

        record Refused(Refusal refusal) implements Added {}
    }

    /// A thing that can be at a host.
    public record Choice(String id, String name) {}

    /// @param name of what is at the host, for people; empty if it is gone
    record Named(Domain domain, String name) {}

    /// What the page shows.
    ///
    /// @param lacking the tier, if it includes no domains
    /// @param workspace the one that was asked for
    record Shown(List<Named> domains, Optional<Tier> lacking, List<Choice> choices, Optional<Choice> workspace) {}

    private final Database database;
    private final Quotas quotas;
    private final DomainStates states;
    private final List<HostedKind> kinds;
    private final List<DomainUse> uses;
    private final Settings settings;
    private final Clock clock;
    private final Uuids uuids;

    Domains(
            Database database,
            Quotas quotas,
            DomainStates states,
            @All List<HostedKind> kinds,
            @All List<DomainUse> uses,
            Settings settings,
            Clock clock,
            Uuids uuids) {
        this.database = database;
        this.quotas = quotas;
        this.states = states;
        this.kinds = List.copyOf(kinds);
        this.uses = List.copyOf(uses);
        this.settings = settings;
        this.clock = clock;
        this.uuids = uuids;
    }

    /// Returns whose domain it is: of the one account that has proved it. Empty for any other text.
    public static Optional<Owner> provedBy(Tx tx, String host) {
        return HostName.parse(host).flatMap(new DomainStore(tx)::served).map(Domain::owner);
    }

    public static boolean isOf(Tx tx, String host, String workspace) {
        return HostName.parse(host)
                .flatMap(new DomainStore(tx)::served)
                .flatMap(Domain::workspace)
                .filter(workspace::equals)
                .isPresent();
    }

    /// Returns the domains that an account has proved.
    public static List<String> proved(Tx tx, Owner owner) {
        return new DomainStore(tx)
                .list(owner, MOST).stream()
                        .filter(domain -> domain.state().isServed())
                        .map(domain -> domain.host().value())
                        .toList();
    }

    /// Returns the hosts of a tenant that another plan would no longer include, as people read them.
    public static List<String> lost(Tx tx, AccountId tenant, EffectivePlan before, EffectivePlan after) {
        return new DomainStore(tx)
                .ofTenant(tenant).stream()
                        .filter(domain -> before.tierOf(domain.owner()).has(Feature.CUSTOM_DOMAIN)
                                && !after.tierOf(domain.owner()).has(Feature.CUSTOM_DOMAIN))
                        .map(domain -> domain.host().shown())
                        .toList();
    }

    /// Returns the hosts of an account that its plan includes now, as people read them.
    public static List<String> included(Tx tx, Owner owner) {
        return new DomainStore(tx)
                .list(owner, MOST).stream()
                        .filter(domain ->
                                domain.state().isServed() && domain.lapse().isEmpty())
                        .map(domain -> domain.host().shown())
                        .toList();
    }

    public List<Domain> list(Owner owner) {
        return database.read(owner.tenant(), tx -> new DomainStore(tx).list(owner, MOST));
    }

    /// @param workspace to add a domain for
    Shown shown(AccountContext context, Optional<String> workspace) {
        Owner owner = context.owner();
        return database.read(
                owner.tenant(),
                tx -> new Shown(
                        new DomainStore(tx)
                                .list(owner, MOST).stream()
                                        .map(domain -> new Named(domain, name(tx, context, domain)))
                                        .toList(),
                        lacking(tx, owner),
                        kinds.stream()
                                .flatMap(kind -> kind.choices(tx, context).stream())
                                .toList(),
                        workspace
                                .map(id -> wanted(owner, HostName.NONE, Optional.empty(), Optional.of(id)))
                                .flatMap(domain -> HostedKind.of(kinds, domain)
                                        .flatMap(kind -> kind.name(tx, context, domain))
                                        .map(name ->
                                                new Choice(domain.workspace().orElseThrow(), name)))));
    }

    private String name(Tx tx, AccountContext context, Domain domain) {
        return HostedKind.of(kinds, domain)
                .flatMap(kind -> kind.name(tx, context, domain))
                .orElse("");
    }

    private Optional<Tier> lacking(Tx tx, Owner owner) {
        return Optional.of(quotas.effectiveTier(tx, owner)).filter(tier -> !tier.has(Feature.CUSTOM_DOMAIN));
    }

    /// Adds a domain and looks its proof up at once.
    public Added add(AccountContext context, Wish wish) {
        Optional<HostName> host = HostName.parse(wish.host());
        Optional<Invalid> wrong = wrong(wish, host);
        if (wrong.isPresent()) {
            return new Added.Refused(new Refusal.Rejected(List.of(wrong.get())));
        }
        Owner owner = context.owner();
        Domain domain = wanted(owner, host.orElseThrow(), wish.page(), wish.workspace());
        Added added = database.write(owner.tenant(), tx -> add(tx, context, domain));
        return added instanceof Added.Done
                ? states.check(owner, domain.id()).<Added>fold(Added.Done::new, Added.Refused::new)
                : added;
    }

    private Domain wanted(Owner owner, HostName host, Optional<String> page, Optional<String> workspace) {
        return Domain.pending(uuids.next(), owner, host, page, workspace, clock.instant());
    }

    private Added add(Tx tx, AccountContext context, Domain domain) {
        boolean isBoth = domain.page().isPresent() && domain.workspace().isPresent();
        if (name(tx, context, domain).isEmpty()
                || isBoth
                        && name(tx, context, wanted(domain.owner(), domain.host(), domain.page(), Optional.empty()))
                                .isEmpty()) {
            return new Added.Refused(new Refusal.NotFound());
        }
        if (isBoth) {
            return new Added.Refused(new Refusal.Rejected(List.of(BOTH)));
        }
        Optional<Tier> lacking = lacking(tx, domain.owner());
        if (lacking.isPresent()) {
            return new Added.NotInPlan(lacking.get());
        }
        var store = new DomainStore(tx);
        Optional<Domain> known = store.named(domain.owner().tenant(), domain.host());
        if (known.isPresent() && !(isLeft(tx, known.get()) && mayTake(tx, context, known.get()))) {
            return new Added.Known(known.get());
        }
        if (store.list(domain.owner(), MOST).size() >= MOST) {
            return new Added.Refused(new Refusal.LimitReached(MOST, MOST));
        }
        known.ifPresent(left -> {
            store.delete(left.owner(), left.id());
            states.removed(tx, context.actor(), left);
        });
        store.insert(domain.owner(), domain, clock.instant());
        states.added(tx, context.actor(), domain);
        return new Added.Done(domain);
    }

    /// Whether its brand was deleted: meanwhile the domain is free for the agency, as the brand's name is.
    private static boolean isLeft(Tx tx, Domain domain) {
        return new AccountStore(tx)
                .find(domain.owner().account())
                .filter(account -> account.status() == AccountStatus.DELETED)
                .isPresent();
    }

    private Optional<Invalid> wrong(Wish wish, Optional<HostName> host) {
        if (wish.host().isBlank()) {
            return Optional.of(new Invalid("domain", "Domain is required", "Enter a domain."));
        }
        if (host.isEmpty() && wish.host().contains("_")) { // browsers open such hosts, but they get no certificate
            return Optional.of(new Invalid(
                    "domain",
                    "Domain must not contain underscores",
                    "There are no certificates for names with “_”. Enter one without, such as links.example.com."));
        }
        if (host.isEmpty()) {
            return Optional.of(new Invalid(
                    "domain",
                    "Domain must be a full host name such as links.example.com",
                    "Enter a full host name, such as links.example.com, without a port or a path."));
        }
        if (host.get().isPublicSuffix()) {
            return Optional.of(new Invalid(
                    "domain",
                    "Domain must be your own: " + host.get().shown() + " is a public suffix",
                    "Anyone can register names below " + host.get().shown() + ". Enter your own, such as"
                            + " links.example." + host.get().shown() + "."));
        }
        if (host.get().value().equals(ownHost())) {
            return Optional.of(new Invalid(
                    "domain",
                    "Domain must not be this server's own",
                    "This is the address of this server. Enter a domain of your own."));
        }
        return Optional.empty();
    }

    private String ownHost() {
        String host = OwnHosts.withoutPort(settings.publicHost());
        return Idna.ascii(host).orElse(host);
    }

    /// Returns what is at a host now; empty if no account has proved it.
    Optional<Site> site(HostName host) {
        return database.read(tx -> new DomainStore(tx)
                .served(host)
                .map(domain -> Optional.of(domain)
                        .filter(Domain::isShown)
                        .flatMap(_ -> HostedKind.of(kinds, domain))
                        .flatMap(kind -> kind.site(tx, domain))
                        .orElseGet(() -> new Site.Away(domain.owner(), Accounts.language(tx, domain.owner())))));
    }

    /// Returns whether a host is an account's, for a proxy that asks before it gets a certificate. It needs one also to
    /// say that its pages are away.
    boolean isServed(HostName host) {
        return site(host).isPresent();
    }

    /// Returns the address at which visitors find an account’s page, if it has a host: its own one, else the account’s
    /// oldest.
    ///
    /// @param isDefault whether it is the account’s default page
    public static Optional<PageAddress> addressOf(
            Tx tx, Settings settings, Owner owner, String page, String slug, boolean isDefault) {
        return new PageHosts(new DomainStore(tx).ofPages(owner), settings).own(page, slug, isDefault);
    }

    /// Returns where visitors find the pages of an account now.
    public PageHosts hostsOf(Owner owner) {
        return database.read(owner.tenant(), tx -> new PageHosts(new DomainStore(tx).ofPages(owner), settings));
    }

    /// Returns where visitors find an account’s main page, as people read it: its own host comes first, if it has one.
    public List<String> addressesOf(Account account) {
        return Stream.concat(
                        hostsOf(account.owner()).home().map(PageAddress::shown).stream(),
                        Stream.of(settings.publicHost() + "/" + account.username()))
                .toList();
    }

    /// Whether a person may take a domain away: what stands on it asks for its own right.
    private boolean mayTake(Tx tx, AccountContext context, Domain domain) {
        return HostedKind.of(kinds, domain).stream().allMatch(kind -> kind.mayTake(context))
                && uses.stream().allMatch(use -> use.mayEnd(context) || !use.standsOn(tx, domain));
    }

    /// Keeps the proofs that something else stands on when a workspace is erased, which had their hosts.
    public void keepUsed(Tx tx, Owner owner, String workspace) {
        var store = new DomainStore(tx);
        store.ofWorkspace(owner, workspace).stream()
                .filter(domain -> uses.stream().anyMatch(use -> use.standsOn(tx, domain.released())))
                .forEach(domain -> store.release(owner, domain.id()));
    }

    /// @return forbidden if something stands on the domain that the person may not end
    public Outcome<Domain> remove(AccountContext context, UUID id) {
        Owner owner = context.owner();
        return database.write(owner.tenant(), tx -> {
            var store = new DomainStore(tx);
            Optional<Domain> domain = store.find(owner, id);
            if (domain.isEmpty()) {
                return Outcome.notFound();
            }
            if (!mayTake(tx, context, domain.get())) {
                return Outcome.forbidden();
            }
            store.delete(owner, id);
            states.removed(tx, context.actor(), domain.get());
            return Outcome.done(domain.get());
        });
    }
}
