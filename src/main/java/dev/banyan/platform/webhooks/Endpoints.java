package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.http.OutboundAddress;
import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.SealedSecrets;
import jakarta.inject.Singleton;

/// The endpoints of accounts and workspaces, and what was sent to them.
@Singleton
public record Endpoints(
        Database database,
        Webhooks webhooks,
        Makers makers,
        SealedSecrets sealed,
        OutboundHttp outbound,
        Audit audit,
        Clock clock,
        Uuids uuids) {

    static final int MOST = 50;
    static final Duration BOTH_SIGN_FOR = Duration.ofHours(24);
    private static final int MOST_LOOKED_AT = 500;
    private static final int EVENTS_AT_MOST = 60;
    private static final int REPLAYED_AT_MOST = 10_000;
    private static final Text URL = Text.line("url", "URL", 2_048);

    /// What people enter.
    ///
    /// @param secret their own; empty: a new one, or the one that an endpoint has
    public record Wish(String url, List<String> events, Optional<String> secret, boolean active) {}

    /// An endpoint whose secret is shown, once.
    public record Shown(Endpoint endpoint, String secret) {
        /// Keeps the secret out of logs.
        @Override
        public String toString() {
            return "Shown[" + endpoint.id() + "]";
        }
    }

    /// Who does something with an endpoint.
    public record By(Actor actor, Caller caller) {}

    static String purpose(AccountId tenant, UUID endpoint) {
        return "webhook " + tenant + " " + endpoint;
    }

    /// Returns its own endpoints, the oldest first.
    public List<Endpoint> list(EndpointOwner whose) {
        return database.read(whose.tenant(), tx -> new EndpointStore(tx).list(whose.owner(), whose.workspace(), MOST));
    }

    /// Says of each endpoint that no delivery can reach what its owner can do. Such addresses were taken once, or their
    /// names lead elsewhere now.
    public Map<UUID, String> remarks(List<Endpoint> endpoints) {
        Set<String> refused =
                outbound.refusedAmong(endpoints.stream().map(Endpoint::host).toList());
        return endpoints.stream()
                .filter(endpoint -> refused.contains(endpoint.host()))
                .collect(Collectors.toMap(
                        Endpoint::id, endpoint -> "Nothing arrives: " + OutboundHttp.notCalled(endpoint.host()) + "."));
    }

    /// Returns the active endpoints of an owner, and of all workspaces of it, at addresses that are never called.
    public List<Endpoint> neverCalled(Tx tx, Owner owner) {
        return new EndpointStore(tx)
                .active(owner, MOST_LOOKED_AT).stream()
                        .filter(endpoint -> outbound.isRefusedAddress(endpoint.host()))
                        .toList();
    }

    public Optional<Endpoint> find(EndpointOwner whose, UUID id) {
        return database.read(whose.tenant(), tx -> new EndpointStore(tx).find(whose.owner(), whose.workspace(), id));
    }

    /// Returns the sealed secrets of all, for the doctor.
    public static List<String> sealed(Database database) {
        return database.read(tx -> new EndpointStore(tx).sealed());
    }

    /// Switches off what a person set up, in all accounts.
    public static void switchOffMadeBy(Tx tx, IdentityId maker, String reason) {
        new EndpointStore(tx).switchOffMadeBy(maker, reason);
    }

    /// Returns endpoints of an account, and of its workspaces, that the server has switched off: they wait for a
    /// person.
    public static List<Endpoint> switchedOff(Tx tx, Owner owner, int limit) {
        return new EndpointStore(tx).switchedOff(owner, limit);
    }

    /// Switches off all endpoints of an account that leaves its tenant: they are programs of the former one.
    public void switchOffAll(Tx tx, Owner owner, String reason) {
        new EndpointStore(tx).switchOffAll(owner, reason);
    }

    /// Rows of endpoints were put back as they were.
    public void putBack(Tx tx, AccountId tenant) {
        tx.afterCommit(() -> webhooks.changed(tenant));
    }

    /// Adds an endpoint. Who adds it answers for it, and must be able to read what it is to hear.
    public Outcome<Shown> create(EndpointOwner whose, By by, Wish wish) {
        Optional<Invalid> wrong = wrong(wish, Optional.empty());
        if (wrong.isPresent()) {
            return Outcome.rejected(wrong.get());
        }
        Optional<Maker> maker = Maker.of(by.caller());
        if (maker.isEmpty()) {
            return Outcome.forbidden();
        }
        UUID id = uuids.next();
        String secret = wish.secret().orElseGet(Signature::newSecret);
        var endpoint = new Endpoint(
                id,
                whose,
                address(wish),
                wish.events().stream().distinct().toList(),
                true,
                maker,
                Optional.empty(),
                Optional.empty(),
                clock.instant());
        return database.write(whose.tenant(), tx -> {
            Optional<Refusal> unheard = unheard(tx, whose, maker.get(), endpoint.events());
            if (unheard.isPresent()) {
                return Outcome.refused(unheard.get());
            }
            var store = new EndpointStore(tx);
            if (store.list(whose.owner(), whose.workspace(), MOST).size() >= MOST) {
                return Outcome.refused(new Refusal.LimitReached(MOST, MOST));
            }
            store.insert(whose.owner(), endpoint, sealed.seal(secret, purpose(whose.tenant(), id)));
            note(tx, by.actor(), endpoint, "WebhookAdded");
            return Outcome.done(new Shown(endpoint, secret));
        });
    }

    /// Changes an endpoint; one that was switched off is tried again if it is to be active. Only who may read all that
    /// it hears changes it. Who enters another address, or switches it on, answers for it from then on.
    public Outcome<Endpoint> update(EndpointOwner whose, By by, UUID id, Wish wish) {
        Optional<Invalid> wrong = wrong(wish, find(whose, id).map(Endpoint::url));
        if (wrong.isPresent()) {
            return Outcome.rejected(wrong.get());
        }
        return changeHeard(whose, by, id, (tx, changer, endpoint) -> {
            boolean isTheirs = !address(wish).equals(endpoint.url()) || wish.active() && !endpoint.active();
            Optional<Maker> maker = isTheirs ? Optional.of(changer) : endpoint.maker();
            return unheard(tx, whose, changer, wish.events())
                    .or(() -> wish.active()
                            ? maker.flatMap(other -> unheard(tx, whose, other, wish.events()))
                            : Optional.empty())
                    .<Outcome<Endpoint>>map(Outcome::refused)
                    .orElseGet(() -> set(tx, by.actor(), endpoint, wish, maker));
        });
    }

    /// Switches on an endpoint as it is, in the name of who does it.
    public Outcome<Endpoint> takeOver(EndpointOwner whose, By by, UUID id) {
        return changeHeard(
                whose,
                by,
                id,
                (tx, changer, endpoint) -> set(
                        tx,
                        by.actor(),
                        endpoint,
                        new Wish(endpoint.url(), endpoint.events(), Optional.empty(), true),
                        Optional.of(changer)));
    }

    private Outcome<Endpoint> set(Tx tx, Actor actor, Endpoint endpoint, Wish wish, Optional<Maker> maker) {
        Owner owner = endpoint.owner();
        Optional<String> workspace = endpoint.whose().workspace();
        var store = new EndpointStore(tx);
        store.update(
                owner,
                workspace,
                endpoint.id(),
                address(wish),
                wish.events().stream().distinct().toList(),
                wish.active(),
                maker,
                clock.instant());
        Endpoint after = store.find(owner, workspace, endpoint.id()).orElseThrow();
        note(tx, actor, after, "WebhookChanged");
        wish.secret().ifPresent(secret -> sign(tx, actor, after, secret));
        webhooks.wake(tx, after.tenant(), List.of(after.id()));
        return Outcome.done(after);
    }

    /// Returns why someone can’t have these events sent anywhere; empty if they may read them all.
    private Optional<Refusal> unheard(Tx tx, EndpointOwner whose, Maker maker, List<String> events) {
        return switch (standing(tx, whose, maker)) {
            case Makers.Standing.Hears(var with) -> {
                List<String> missing = events.stream()
                        .filter(event -> !EventType.heard(List.of(event), with).equals(List.of(event)))
                        .map(event -> event.substring(0, Math.min(60, event.length())))
                        .toList();
                yield missing.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Refusal.Rejected(List.of(new Invalid(
                                "events",
                                "An API key can't read these events: " + String.join(", ", missing)
                                        + ". Sign in to have them sent"))));
            }
            case Makers.Standing.Waits _, Makers.Standing.Ended _ -> Optional.of(new Refusal.Forbidden());
        };
    }

    private Makers.Standing standing(Tx tx, EndpointOwner whose, Maker maker) {
        var place = new Makers.Place(whose, Optional.of(maker));
        return Objects.requireNonNull(makers.standing(tx, List.of(place)).get(place));
    }

    private interface Change<T> {
        Outcome<T> in(Tx tx, Maker changer, Endpoint endpoint);
    }

    /// Changes an endpoint if the one who does it may read all that it hears.
    private <T> Outcome<T> changeHeard(EndpointOwner whose, By by, UUID id, Change<T> work) {
        Optional<Maker> changer = Maker.of(by.caller());
        return change(
                whose,
                id,
                (tx, endpoint) -> changer.isPresent()
                        ? unheard(tx, whose, changer.get(), endpoint.events())
                                .<Outcome<T>>map(Outcome::refused)
                                .orElseGet(() -> work.in(tx, changer.get(), endpoint))
                        : Outcome.forbidden());
    }

    public Outcome<Endpoint> delete(EndpointOwner whose, By by, UUID id) {
        return change(whose, id, (tx, endpoint) -> {
            new EndpointStore(tx).delete(whose.owner(), whose.workspace(), id);
            note(tx, by.actor(), endpoint, "WebhookDeleted");
            return Outcome.done(endpoint);
        });
    }

    /// Gives it a new secret. The one before signs too for 24 hours, so that receivers can change it without missing
    /// anything.
    public Outcome<Shown> rotate(EndpointOwner whose, By by, UUID id) {
        String secret = Signature.newSecret();
        return changeHeard(whose, by, id, (tx, _, endpoint) -> {
            sign(tx, by.actor(), endpoint, secret);
            return Outcome.done(new Shown(endpoint, secret));
        });
    }

    /// Signs with this secret from now on. Does nothing if it is the current one.
    private void sign(Tx tx, Actor actor, Endpoint endpoint, String secret) {
        var store = new EndpointStore(tx);
        String purpose = purpose(endpoint.tenant(), endpoint.id());
        String before =
                store.secrets(endpoint.tenant(), endpoint.id()).orElseThrow().current();
        if (sealed.open(before, purpose).equals(new SealedSecrets.Opened.Done(secret))) {
            return;
        }
        store.rotate(
                endpoint.tenant(),
                endpoint.id(),
                new EndpointStore.Secrets(
                        sealed.seal(secret, purpose),
                        Optional.of(before),
                        Optional.of(clock.instant().plus(BOTH_SIGN_FOR))));
        note(tx, actor, endpoint, "WebhookSecretChanged");
    }

    /// Sends an event without meaning.
    public Outcome<Endpoint> test(EndpointOwner whose, UUID id) {
        return change(whose, id, (tx, endpoint) -> {
            webhooks.queue(
                    tx,
                    endpoint.tenant(),
                    List.of(endpoint.id()),
                    EventType.TEST,
                    id.toString(),
                    Map.of(
                            "id",
                            id.toString(),
                            "account",
                            whose.owner().account().toString()));
            return Outcome.done(endpoint);
        });
    }

    /// Lists what was sent. A key sees of it what it may read itself.
    public Outcome<List<Delivery>> deliveries(EndpointOwner whose, By by, UUID id, Delivery.Wanted wanted, int limit) {
        return database.read(
                whose.tenant(),
                tx -> new EndpointStore(tx)
                        .find(whose.owner(), whose.workspace(), id)
                        .map(_ -> Outcome.done(new DeliveryStore(tx)
                                .list(whose.tenant(), id, hiddenFrom(tx, whose, by.caller()), wanted, limit)))
                        .orElseGet(Outcome::notFound));
    }

    private List<String> hiddenFrom(Tx tx, EndpointOwner whose, Caller caller) {
        return Maker.of(caller)
                .map(maker -> standing(tx, whose, maker))
                .filter(Makers.Standing.Hears.class::isInstance)
                .map(Makers.Standing.Hears.class::cast)
                .flatMap(Makers.Standing.Hears::with)
                .map(EventType::unheard)
                .orElse(List.of());
    }

    /// Lets deliveries that ended be sent again, with the same event ids.
    ///
    /// @return how many; at most 10,000 at once
    public Outcome<Integer> replay(EndpointOwner whose, By by, UUID id, Replay which) {
        return changeHeard(whose, by, id, (tx, _, endpoint) -> {
            int count = new DeliveryStore(tx).again(whose.tenant(), id, which, clock.instant(), REPLAYED_AT_MOST);
            if (count == 0 && which instanceof Replay.One) {
                return Outcome.notFound();
            }
            note(tx, by.actor(), endpoint, "WebhookReplayed");
            webhooks.wake(tx, endpoint.tenant(), List.of(endpoint.id()));
            return Outcome.done(count);
        });
    }

    private <T> Outcome<T> change(EndpointOwner whose, UUID id, BiFunction<Tx, Endpoint, Outcome<T>> work) {
        return database.write(
                whose.tenant(),
                tx -> new EndpointStore(tx)
                        .find(whose.owner(), whose.workspace(), id)
                        .map(endpoint -> work.apply(tx, endpoint))
                        .orElseGet(Outcome::notFound));
    }

    private void note(Tx tx, Actor actor, Endpoint endpoint, String act) {
        String id = endpoint.id().toString();
        // What is done in a workspace is found under its id.
        Optional<String> workspace = endpoint.whose().workspace();
        Map<String, String> details = workspace.isPresent()
                ? Map.of("host", endpoint.host(), "webhook", id)
                : Map.of("host", endpoint.host());
        audit.note(tx, actor, endpoint.owner(), act, workspace.orElse(id), details);
        tx.afterCommit(() -> webhooks.changed(endpoint.tenant()));
    }

    private static String address(Wish wish) {
        return OutboundAddress.uri(wish.url()).orElseThrow().toString();
    }

    /// @param before its address until now, which may be one that isn't called: it can still be changed otherwise
    private Optional<Invalid> wrong(Wish wish, Optional<String> before) {
        return URL.broken(wish.url())
                .or(() -> switch (OutboundAddress.read(wish.url())) {
                    case OutboundAddress.Read.Bad(String why) -> Optional.of(new Invalid("url", why, why + "."));
                    case OutboundAddress.Read.Good(URI uri)
                    when before.equals(Optional.of(uri.toString())) -> Optional.empty();
                    case OutboundAddress.Read.Good(URI uri) -> outbound.refused("url", uri.getHost());
                })
                .or(() -> wish.events().isEmpty() || wish.events().size() > EVENTS_AT_MOST
                        ? Optional.of(new Invalid("events", "Choose 1 to " + EVENTS_AT_MOST + " events"))
                        : Optional.empty())
                .or(() -> wish.events().stream()
                        .filter(event -> !EventType.isPattern(event))
                        .findFirst()
                        .map(event -> new Invalid(
                                "events", "Unknown event: " + event.substring(0, Math.min(60, event.length())))))
                .or(() -> wish.secret()
                        .filter(secret -> !Signature.isSecret(secret))
                        .map(_ -> new Invalid("secret", "A secret is whsec_ and 24 to 64 random bytes in Base64")));
    }
}
