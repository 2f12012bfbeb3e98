package dev.banyan.whatsapp.proxies;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.secrets.SecretsBefore;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.whatsapp.SenderEvent.Tone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.changes.SenderChanges.Change;
import dev.banyan.whatsapp.proxies.ProxyStore.Stored;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The proxies of accounts, and the one that a number uses. [ProxyChoices] gives them to numbers.
@Singleton
public record Proxies(
        Database database,
        SenderChanges changes,
        SentSecrets secrets,
        Audit audit,
        Event<ProxyChanged> changed,
        Uuids uuids)
        implements SecretsBefore {

    private static final int MOST = 1_000;

    public record Used(Proxy proxy, int numbers) {

        public boolean hasRoom() {
            return numbers < proxy.capacity();
        }

        /// Returns such as “2 of 5 numbers”.
        public String text() {
            return numbers + " of " + proxy.capacity() + (proxy.capacity() == 1 ? " number" : " numbers");
        }
    }

    /// Returns the proxies of an account, oldest first.
    public List<Used> list(AccountId tenant) {
        return database.read(tx -> list(tx, tenant));
    }

    static List<Used> list(Tx tx, AccountId tenant) {
        var store = new ProxyStore(tx);
        Map<ProxyId, Integer> uses = store.uses(tenant);
        return store.list(tenant).stream()
                .map(proxy -> new Used(proxy, uses.getOrDefault(proxy.id(), 0)))
                .toList();
    }

    public Optional<Used> find(AccountId tenant, ProxyId id) {
        return database.read(tx -> find(tx, tenant, id));
    }

    private static Optional<Used> find(Tx tx, AccountId tenant, ProxyId id) {
        var store = new ProxyStore(tx);
        return store.find(tenant, id)
                .map(found -> new Used(found.proxy(), store.senders(tenant, id).size()));
    }

    /// Returns what a number reaches WhatsApp through, for its gateway; empty if it uses no proxy. A password that
    /// can't be opened is left out: then the proxy refuses, and the number is never connected without it.
    public Optional<Proxy.Address> of(AccountId tenant, SenderId sender) {
        return database.read(tx -> of(tx, tenant, sender));
    }

    /// Returns the same in the caller's transaction.
    public Optional<Proxy.Address> of(Tx tx, AccountId tenant, SenderId sender) {
        return new ProxyStore(tx).of(tenant, sender).map(this::address);
    }

    private Proxy.Address address(Stored stored) {
        Proxy proxy = stored.proxy();
        String password =
                stored.sealedPassword().map(text -> opened(text, proxy)).orElse("");
        return new Proxy.Address(proxy.kind(), proxy.host(), proxy.port(), proxy.user(), password);
    }

    private String opened(String password, Proxy proxy) {
        return secrets.open(SentSecret.PROXY, password, purpose(proxy), proxy.shown())
                .orElse("");
    }

    /// Returns all sealed passwords, for the doctor, which only checks that they can be opened.
    public static List<String> sealedPasswords(Database database) {
        return database.read(tx -> new ProxyStore(tx).sealedPasswords());
    }

    public Outcome<Used> add(AccountId tenant, Actor actor, ProxyRequest wanted) {
        return changes.write(tenant, change -> {
            var store = new ProxyStore(change.tx());
            if (store.list(tenant).size() >= MOST) {
                return Outcome.rejected(Invalid.whole("An account can have at most 1,000 proxies"));
            }
            var blank = new Proxy(
                    new ProxyId(uuids.next()),
                    tenant,
                    "",
                    Proxy.Kind.HTTP,
                    "",
                    0,
                    "",
                    false,
                    1,
                    true,
                    change.now(),
                    change.now());
            return checked(store, new Stored(blank, Optional.empty()), wanted, change)
                    .map(stored -> {
                        store.insert(tenant, stored);
                        note(change, actor, "ProxyAdded", stored.proxy());
                        return new Used(stored.proxy(), 0);
                    });
        });
    }

    public Outcome<Used> change(AccountId tenant, Actor actor, ProxyId id, ProxyRequest wanted) {
        return changes.write(tenant, change -> {
            var store = new ProxyStore(change.tx());
            Optional<Stored> before = store.find(tenant, id);
            if (before.isEmpty()) {
                return Outcome.notFound();
            }
            return checked(store, before.get(), wanted, change).map(stored -> {
                if (stored.leaves(before.get())) {
                    return new Used(
                            before.get().proxy(), store.senders(tenant, id).size());
                }
                store.update(tenant, stored);
                note(change, actor, "ProxyChanged", stored.proxy());
                List<SenderId> numbers = store.senders(tenant, id);
                if (!address(before.get()).equals(address(stored))) {
                    tell(change, numbers, "Proxy changed", "“" + stored.proxy().name() + "” has another address now.");
                }
                return new Used(stored.proxy(), numbers.size());
            });
        });
    }

    private Outcome<Stored> checked(ProxyStore store, Stored before, ProxyRequest wanted, Change change) {
        Proxy old = before.proxy();
        Optional<Proxy.Kind> kind =
                wanted.kind().map(key -> Keyed.parse(Proxy.Kind.class, key)).orElse(Optional.of(old.kind()));
        Optional<String> typed = wanted.password();
        var proxy = new Proxy(
                old.id(),
                old.tenant(),
                wanted.name().map(Text::clean).orElse(old.name()),
                kind.orElse(old.kind()),
                wanted.host().map(text -> text.strip().toLowerCase(Locale.ROOT)).orElse(old.host()),
                wanted.port().orElse(old.port()),
                wanted.user().map(String::strip).orElse(old.user()),
                typed.map(text -> !text.isEmpty()).orElse(old.hasPassword()),
                wanted.capacity().orElse(old.capacity()),
                wanted.enabled().orElse(old.enabled()),
                old.createdAt(),
                change.now());
        List<Invalid> broken = ProxyRequest.broken(proxy, typed);
        if (kind.isEmpty()) {
            broken.add(new Invalid(
                    "kind", "kind must be http, https, socks4 or socks5", "Choose HTTP, HTTPS, SOCKS4 or SOCKS5."));
        }
        if (store.findNamed(old.tenant(), proxy.name())
                .filter(other -> !other.equals(old.id()))
                .isPresent()) {
            broken.add(
                    new Invalid("name", "Another proxy has this name", "Another proxy has this name. Choose another."));
        }
        // People who change the address must not get the password sent there.
        if (old.hasPassword() && typed.isEmpty() && !proxy.isAt(old)) {
            broken.add(new Invalid(
                    "password",
                    "password is required again because the proxy has another address: it was entered for "
                            + old.shown(),
                    "Enter the password again: it was entered for " + old.shown() + "."));
        }
        return broken.isEmpty()
                ? Outcome.done(new Stored(proxy, sealed(proxy, typed, before)))
                : Outcome.rejected(List.copyOf(broken));
    }

    private Optional<String> sealed(Proxy proxy, Optional<String> typed, Stored before) {
        return typed.isEmpty()
                ? before.sealedPassword()
                : typed.filter(text -> !text.isEmpty())
                        .map(text -> secrets.seal(SentSecret.PROXY, text, purpose(proxy), proxy.shown()));
    }

    /// The purpose that a password is sealed for.
    private static String purpose(Proxy proxy) {
        return "proxy " + proxy.tenant() + " " + proxy.id();
    }

    @Override
    public List<Found> found(Tx tx) {
        return new ProxyStore(tx)
                .sealedBefore(SEAL).stream()
                        .map(row -> new Found(
                                SentSecret.PROXY,
                                row.sealedPassword().orElseThrow(),
                                purpose(row.proxy()) + " " + row.proxy().host() + ":"
                                        + row.proxy().port(),
                                purpose(row.proxy()),
                                row.proxy().shown(),
                                (then, resealed) -> new ProxyStore(then)
                                        .update(row.proxy().tenant(), new Stored(row.proxy(), Optional.of(resealed)))))
                        .toList();
    }

    /// Deletes a proxy. Refused as a conflict while numbers use it.
    ///
    /// @param force whether to delete it even if numbers use it: they have no proxy from now on
    /// @return how many numbers have no proxy now
    public Outcome<Integer> delete(AccountId tenant, Actor actor, ProxyId id, boolean force) {
        return changes.write(tenant, change -> {
            var store = new ProxyStore(change.tx());
            Optional<Stored> found = store.find(tenant, id);
            if (found.isEmpty()) {
                return Outcome.notFound();
            }
            List<SenderId> numbers = store.senders(tenant, id);
            if (!numbers.isEmpty() && !force) {
                return Outcome.conflict("Proxy is in use by " + numbers(numbers.size())
                        + ". Give them another one first, or repeat with force=true.");
            }
            store.delete(tenant, id);
            note(change, actor, "ProxyDeleted", found.get().proxy());
            tell(
                    change,
                    numbers,
                    "Proxy deleted",
                    "“" + found.get().proxy().name() + "” was deleted. This number has no proxy now.");
            return Outcome.done(numbers.size());
        });
    }

    /// Returns `1 number` or `2 numbers`.
    public static String numbers(int count) {
        return count + (count == 1 ? " number" : " numbers");
    }

    private void tell(Change change, List<SenderId> numbers, String title, String details) {
        change.store().findAll(change.tenant(), numbers).forEach(sender -> {
            change.event(sender, Tone.WARN, title, details);
            change.happened(sender.id());
            change.tx().afterCommit(() -> changed.fire(new ProxyChanged(sender.key())));
        });
    }

    private void note(Change change, Actor actor, String action, Proxy proxy) {
        var owner = new Owner(proxy.tenant(), proxy.tenant());
        audit.note(change.tx(), actor, owner, action, proxy.id().toString(), Map.of("name", proxy.name()));
    }
}
