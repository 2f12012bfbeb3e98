package dev.banyan.accounts.webhooks;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.context.KeyRights;
import dev.banyan.accounts.keys.KeyMakers;
import dev.banyan.accounts.plans.EffectivePlan;
import dev.banyan.accounts.plans.Plans;
import dev.banyan.accounts.webhooks.MakerStore.Key;
import dev.banyan.accounts.webhooks.MakerStore.Listed;
import dev.banyan.accounts.webhooks.MakerStore.Member;
import dev.banyan.accounts.webhooks.MakerStore.Worker;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.webhooks.EndpointOwner;
import dev.banyan.platform.webhooks.Maker;
import dev.banyan.platform.webhooks.Makers;
import jakarta.inject.Singleton;

/// What members and keys may hear: an owner all of the account, a member who works on workspaces all of a workspace, a
/// key what it may read, as far as the member who answers for it may read that (docs/decisions/0076). Members whom
/// the sign-in provider refuses hear nothing, and neither do the keys that were switched off for it.
@Singleton
record AccountMakers(Plans plans, Clock clock) implements Makers {

    private static final int LONGEST_NAME = 150;
    private static final String UNKNOWN = "We don’t know who set it up: a person, or an API key.";
    private static final String KEY_GONE = "The API key that set it up was deleted.";

    /// All that decides about the standing of some.
    private record Known(
            Instant now,
            Map<AccountId, Account> accounts,
            Map<Member, Worker> members,
            Set<Listed> listed,
            Map<String, Key> keys,
            Map<AccountId, EffectivePlan> plans) {

        boolean isActive(AccountId id) {
            Account account = accounts.get(id);
            return account != null && account.status() == AccountStatus.ACTIVE;
        }

        /// @return empty also if their sign-in provider has refused them since then
        Optional<Membership> member(AccountId tenant, IdentityId identity, Instant then) {
            return Optional.ofNullable(members.get(new Member(tenant, identity)))
                    .filter(worker ->
                            worker.refusedAt().filter(at -> !at.isAfter(then)).isEmpty())
                    .map(Worker::membership);
        }

        boolean reaches(Membership membership, Member member, AccountId account) {
            return membership.everything() || listed.contains(new Listed(member, account));
        }

        boolean fitsPlan(Key key) {
            EffectivePlan plan = plans.get(key.tenant());
            return plan != null && !plan.tier().maxApiKeys.isFull(key.older());
        }
    }

    @Override
    public Map<Place, Standing> standing(Tx tx, Collection<Place> places) {
        if (places.isEmpty()) {
            return Map.of();
        }
        var standing = new HashMap<Place, Standing>();
        var left = new HashSet<Place>();
        Known known = known(tx, places);
        for (Place place : places) {
            place.maker()
                    .map(maker -> standing(known, place.whose(), maker))
                    .orElseGet(() -> Optional.of(new Standing.Ended(UNKNOWN)))
                    .ifPresentOrElse(found -> standing.put(place, found), () -> left.add(place));
        }
        standing.putAll(gone(tx, left));
        return standing;
    }

    private Known known(Tx tx, Collection<Place> places) {
        var accounts = new LinkedHashSet<AccountId>();
        var tenants = new LinkedHashSet<AccountId>();
        var people = new LinkedHashSet<IdentityId>();
        var keyIds = new LinkedHashSet<String>();
        for (Place place : places) {
            tenants.add(place.whose().owner().tenant());
            accounts.add(place.whose().owner().account());
            place.maker().ifPresent(maker -> {
                people.add(maker.identity());
                if (maker instanceof Maker.Key key) {
                    keyIds.add(key.id());
                }
            });
        }
        accounts.addAll(tenants);
        var store = new MakerStore(tx);
        Instant now = clock.instant();
        Map<String, Key> keys = keyIds.isEmpty() ? Map.of() : store.keys(keyIds, now);
        keys.values().forEach(key -> people.add(key.madeBy()));
        Map<Member, Worker> members = people.isEmpty() ? Map.of() : store.workers(tenants, people);
        boolean isAnyListed = members.values().stream()
                .anyMatch(worker -> !worker.membership().everything());
        Map<AccountId, Account> found = new AccountStore(tx).findAll(accounts);
        Set<AccountId> ofKeys = keys.values().stream().map(Key::tenant).collect(Collectors.toSet());
        List<Account> withKeys = found.values().stream()
                .filter(account -> ofKeys.contains(account.id()))
                .toList();
        return new Known(
                now,
                found,
                members,
                isAnyListed ? store.listed(tenants, people) : Set.of(),
                keys,
                withKeys.isEmpty() ? Map.of() : plans.effective(tx, withKeys));
    }

    /// @return empty for a person who may not hear there any more
    private static Optional<Standing> standing(Known known, EndpointOwner whose, Maker maker) {
        AccountId tenant = whose.owner().tenant();
        if (!known.isActive(tenant) || !known.isActive(whose.owner().account())) {
            return Optional.of(new Standing.Waits());
        }
        return switch (maker) {
            case Maker.Person(IdentityId identity) ->
                mayHear(known, whose, identity) ? Optional.of(new Standing.Hears(Optional.empty())) : Optional.empty();
            case Maker.Key key -> Optional.of(ofKey(known, whose, key.id()));
        };
    }

    /// Returns whether a person may set up a webhook there, and so read all that it hears.
    private static boolean mayHear(Known known, EndpointOwner whose, IdentityId identity) {
        AccountId tenant = whose.owner().tenant();
        return known.member(tenant, identity, Instant.EPOCH)
                .filter(member -> whose.workspace().isEmpty()
                        ? member.isOwner()
                        : member.workspaces()
                                && !member.readOnly()
                                && known.reaches(
                                        member,
                                        new Member(tenant, identity),
                                        whose.owner().account()))
                .isPresent();
    }

    private static Standing ofKey(Known known, EndpointOwner whose, String id) {
        Key key = known.keys().get(id);
        AccountId tenant = whose.owner().tenant();
        if (key == null || !key.tenant().equals(tenant)) {
            return new Standing.Ended(KEY_GONE);
        }
        Optional<Membership> member = known.member(
                        tenant, key.madeBy(), known.now().minus(KeyMakers.MISSING))
                .filter(maker -> known.reaches(
                        maker, new Member(tenant, key.madeBy()), whose.owner().account()));
        if (!key.active() || member.isEmpty()) {
            return new Standing.Ended("The API key “" + key.name() + "” that set it up doesn’t work any more.");
        }
        return known.fitsPlan(key)
                ? new Standing.Hears(Optional.of(KeyRights.held(key.permissions(), member.get())))
                : new Standing.Waits();
    }

    private static Map<Place, Standing> gone(Tx tx, Set<Place> places) {
        if (places.isEmpty()) {
            return Map.of();
        }
        Map<IdentityId, String> emails = new MakerStore(tx)
                .emails(places.stream()
                        .flatMap(place -> place.maker().stream())
                        .map(Maker::identity)
                        .collect(Collectors.toSet()));
        return places.stream()
                .collect(Collectors.toMap(
                        place -> place,
                        place -> new Standing.Ended("Set up by "
                                + place.maker()
                                        .flatMap(maker -> Optional.ofNullable(emails.get(maker.identity())))
                                        .map(AccountMakers::shortened)
                                        .orElse("someone")
                                + ", who " + lost(place))));
    }

    private static String lost(Place place) {
        return place.whose().workspace().isPresent()
                ? "left or no longer works on this workspace."
                : "left or no longer owns this account.";
    }

    private static String shortened(String email) {
        return email.length() <= LONGEST_NAME ? email : email.substring(0, LONGEST_NAME) + "…";
    }
}
