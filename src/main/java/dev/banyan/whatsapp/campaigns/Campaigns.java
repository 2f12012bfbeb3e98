package dev.banyan.whatsapp.campaigns;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.optouts.OptOutSettingsStore;
import jakarta.inject.Singleton;

/// Creates, changes, lists and deletes campaigns. [CampaignActs] starts and stops them, [CampaignLists] fills them.
@Singleton
public final class Campaigns {

    private static final Text NAME = Text.line("name", "Name", 100);

    private static final Duration FURTHEST = Duration.ofDays(366);
    private static final int AT_ONCE = 5_000;
    private static final int MOST_NAMED = 100;

    /// What a person wants to send.
    ///
    /// @param startAt empty: when a person starts it
    public record Wanted(String name, SenderId pool, CampaignMessage message, Optional<Instant> startAt) {}

    /// A campaign and how far it is.
    ///
    /// @param endsAt when it will have ended, by its limits and its speed
    /// @param charges what WhatsApp charges its messages as, as far as it has said so; only for one campaign
    public record Progress(Campaign campaign, RecipientCounts counts, Optional<Instant> endsAt, List<Charge> charges) {}

    /// How many messages WhatsApp charges as what.
    ///
    /// @param isBillable false if they were free
    public record Charge(String category, boolean isBillable, long messages) {}

    /// The charges of longer lists are counted now and then only: their page asks every few seconds.
    private static final int COUNTED_EACH_TIME = 1_000;

    private final Cache<UUID, List<Charge>> charges = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();
    private final Database database;
    private final Audit audit;
    private final Uuids uuids;
    private final Clock clock;

    public Campaigns(Database database, Audit audit, Uuids uuids, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.uuids = uuids;
        this.clock = clock;
    }

    /// Returns the names of those of these campaigns that still exist.
    public static Map<UUID, String> names(Tx tx, AccountId tenant, Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : new CampaignStore(tx).names(tenant, ids);
    }

    /// Returns the names of campaigns that have not ended and send a template.
    ///
    /// @param pools which can send it
    /// @param language empty: in any
    public List<String> usingTemplate(
            AccountId tenant, Set<SenderId> pools, String template, Optional<String> language) {
        return database.read(
                tenant,
                tx -> new CampaignStore(tx)
                        .unfinished(tenant, CampaignMessage.textOf(template), MOST_NAMED).stream()
                                .filter(campaign -> pools.contains(campaign.pool()))
                                .filter(campaign -> campaign.message()
                                        .template()
                                        .filter(one -> language.isEmpty()
                                                || language.get().equals(one.language()))
                                        .isPresent())
                                .map(Campaign::name)
                                .toList());
    }

    /// Creates a draft; refused as not found if its pool is gone.
    public Outcome<Campaign> create(AccountId tenant, Actor actor, Wanted wanted) {
        Instant now = clock.instant();
        List<Invalid> broken = broken(wanted, now);
        if (!broken.isEmpty()) {
            return Outcome.rejected(broken);
        }
        var campaign = new Campaign(
                uuids.next(),
                tenant,
                Text.clean(wanted.name()),
                wanted.pool(),
                wanted.message(),
                CampaignState.DRAFT,
                Optional.empty(),
                wanted.startAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                now);
        return database.write(tx -> {
            if (CampaignNumbers.of(tx, tenant, wanted.pool()).isEmpty()) {
                return Outcome.notFound();
            }
            new CampaignStore(tx).insert(tenant, campaign);
            note(audit, tx, actor, campaign, "CampaignCreated");
            return Outcome.done(campaign);
        });
    }

    /// Changes a draft. Everything is given anew. Refused as not found if the draft or its pool is gone.
    public Outcome<Campaign> change(AccountId tenant, Actor actor, UUID id, Wanted wanted) {
        Instant now = clock.instant();
        List<Invalid> broken = broken(wanted, now);
        if (!broken.isEmpty()) {
            return Outcome.rejected(broken);
        }
        Outcome<Campaign> changed = database.write(tx -> {
            Optional<Campaign> before = new CampaignStore(tx).lock(tenant, id);
            if (before.isEmpty()) {
                return Outcome.notFound();
            }
            if (before.get().state() != CampaignState.DRAFT) {
                return Outcome.conflict("Only drafts can be changed");
            }
            if (CampaignNumbers.of(tx, tenant, wanted.pool()).isEmpty()) {
                return Outcome.notFound();
            }
            Campaign after = with(before.get(), wanted, now);
            new CampaignStore(tx).change(tenant, after);
            note(audit, tx, actor, after, "CampaignChanged");
            return Outcome.done(after);
        });
        if (changed instanceof Outcome.Done(Campaign campaign)) {
            new FirstContactMarks(database).renew(campaign);
        }
        return changed;
    }

    private static Campaign with(Campaign before, Wanted wanted, Instant now) {
        return new Campaign(
                before.id(),
                before.tenant(),
                Text.clean(wanted.name()),
                wanted.pool(),
                wanted.message(),
                before.state(),
                before.note(),
                wanted.startAt(),
                before.startedAt(),
                before.endedAt(),
                before.perMinute(),
                before.createdAt(),
                now);
    }

    private static List<Invalid> broken(Wanted wanted, Instant now) {
        var broken = new ArrayList<Invalid>();
        NAME.broken(wanted.name()).ifPresent(broken::add);
        broken.addAll(wanted.message().broken());
        if (wanted.startAt().filter(time -> time.isAfter(now.plus(FURTHEST))).isPresent()) {
            broken.add(new Invalid("startAt", "startAt must be within a year", "Choose a start within a year."));
        }
        return broken;
    }

    public Optional<Campaign> find(AccountId tenant, UUID id) {
        return database.read(tenant, tx -> new CampaignStore(tx).find(tenant, id));
    }

    /// Returns a campaign and how far it is.
    public Optional<Progress> progress(AccountId tenant, UUID id) {
        return database.read(tx -> new CampaignStore(tx).find(tenant, id).map(campaign -> {
            RecipientCounts counts = new CampaignCountStore(tx).of(tenant, id);
            return new Progress(campaign, counts, end(tx, campaign, counts), charges(tx, campaign, counts));
        }));
    }

    private List<Charge> charges(Tx tx, Campaign campaign, RecipientCounts counts) {
        var store = new CampaignCountStore(tx);
        return counts.total() <= COUNTED_EACH_TIME
                ? store.charges(campaign.tenant(), campaign.id())
                : charges.get(campaign.id(), id -> store.charges(campaign.tenant(), id));
    }

    private Optional<Instant> end(Tx tx, Campaign campaign, RecipientCounts counts) {
        if (campaign.state() != CampaignState.RUNNING && campaign.state() != CampaignState.SCHEDULED) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        AccountId tenant = campaign.tenant();
        int perDay = new OptOutSettingsStore(tx).find(tenant).firstContactsPerDay();
        return CampaignNumbers.of(tx, tenant, campaign.pool()).flatMap(numbers -> {
            long first = new RecipientStore(tx).firstContacts(tenant, campaign.id());
            var speed = new CampaignSpeed(
                    numbers, perDay, campaign.perMinute(), numbers.places(tx, tenant, campaign.message(), now));
            var today = new FirstContacts(tx, tenant, numbers, perDay, now);
            Instant from = campaign.startAt().filter(time -> time.isAfter(now)).orElse(now);
            return speed.end(new CampaignSpeed.Work(Math.max(0, counts.left() - first), first), from, today.left());
        });
    }

    /// Lists campaigns, newest first, without the time of their end.
    ///
    /// @param before the last one of the previous page
    public List<Progress> list(AccountId tenant, Optional<UUID> before, int limit) {
        return database.read(tx -> {
            List<Campaign> campaigns = new CampaignStore(tx).list(tenant, before, limit);
            Map<UUID, RecipientCounts> counts = new CampaignCountStore(tx)
                    .ofAll(tenant, campaigns.stream().map(Campaign::id).collect(Collectors.toSet()));
            return campaigns.stream()
                    .map(campaign -> new Progress(
                            campaign,
                            counts.getOrDefault(campaign.id(), RecipientCounts.NONE),
                            Optional.empty(),
                            List.of()))
                    .toList();
        });
    }

    /// Deletes a campaign that sends nothing, with its recipients. Its messages stay in the history.
    public Outcome<Campaign> delete(AccountId tenant, Actor actor, UUID id) {
        Optional<Campaign> found = find(tenant, id);
        if (found.isEmpty()) {
            return Outcome.notFound();
        }
        CampaignState state = found.get().state();
        if (state != CampaignState.DRAFT && !state.isOver()) {
            return Outcome.conflict("Cancel the campaign before you delete it");
        }
        int deleted = AT_ONCE;
        while (deleted == AT_ONCE) {
            // A draft that is started meanwhile is left as it is.
            deleted = database.write(
                    tx -> isIdle(tx, tenant, id) ? new RecipientStore(tx).deleteSome(tenant, id, AT_ONCE) : -1);
        }
        return database.write(tx -> {
            if (!isIdle(tx, tenant, id)) {
                return Outcome.conflict("Cancel the campaign before you delete it");
            }
            new CampaignStore(tx).delete(tenant, id);
            note(audit, tx, actor, found.get(), "CampaignDeleted");
            return Outcome.done(found.get());
        });
    }

    private static boolean isIdle(Tx tx, AccountId tenant, UUID id) {
        return new CampaignStore(tx)
                .lock(tenant, id)
                .filter(campaign -> campaign.state() == CampaignState.DRAFT
                        || campaign.state().isOver())
                .isPresent();
    }

    static void note(Audit audit, Tx tx, Actor actor, Campaign campaign, String action) {
        audit.note(
                tx,
                actor,
                new Owner(campaign.tenant(), campaign.tenant()),
                action,
                campaign.id().toString(),
                Map.of("name", campaign.name()));
    }
}
