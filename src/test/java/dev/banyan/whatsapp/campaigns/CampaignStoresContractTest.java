package dev.banyan.whatsapp.campaigns;

import static dev.banyan.schema.Tables.CAMPAIGN_SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.MessageContent.Template;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.TestMessages;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.ConnectionStore;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.contacts.ContactMerge;
import dev.banyan.whatsapp.contacts.ContactMerges;
import dev.banyan.whatsapp.contacts.ContactsJoined;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.history.PortfolioPlaces;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.history.SenderRatingStore;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutSettings;
import dev.banyan.whatsapp.optouts.OptOutSettingsStore;
import dev.banyan.whatsapp.optouts.OptOutStore;
import dev.banyan.workspaces.HeardEvents;
import org.junit.jupiter.api.Test;

/// Campaigns, recipients, counters, opt-outs and settings belong to one account.
@OnEveryDatabase
class CampaignStoresContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final SenderId POOL = new SenderId("pool-1");
    private static final SenderId NUMBER = new SenderId("number-1");
    private static final Phone FIRST = new Phone("+971500050001");
    private static final Phone SECOND = new Phone("+971500050002");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private final Database database;
    private final Uuids uuids = new Uuids(Clock.systemUTC());
    private final AccountId tenant;
    private final AccountId stranger;

    CampaignStoresContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void aCampaignIsReadAsItWasWritten() {
        var template = new Template("eid", "en", List.of(), List.of("{{name}}"), List.of(), List.of());
        Campaign campaign = insert(CampaignMessage.template(template, Optional.of("marketing")));

        assertThat(find(tenant, campaign.id())).contains(campaign);
        assertThat(find(stranger, campaign.id())).isEmpty();
        Campaign next = insert(CampaignMessage.text("Hello"));
        assertThat(list(Optional.empty())).containsExactly(next, campaign);
        assertThat(list(Optional.of(next.id()))).containsExactly(campaign);
        List<UUID> both = List.of(campaign.id(), next.id());
        assertThat(this.<Map<UUID, String>>in(tx -> Campaigns.names(tx, tenant, both)))
                .containsOnlyKeys(both);
        assertThat(this.<Map<UUID, String>>in(tx -> Campaigns.names(tx, stranger, both)))
                .isEmpty();
    }

    @Test
    void unfinishedCampaignsOfATemplateAreFound() {
        var template = new Template("eid", "en", List.of(), List.of("{{name}}"), List.of(), List.of());
        Campaign campaign = insert(CampaignMessage.template(template, Optional.empty()));
        UUID ended = insert(campaign.message()).id();
        become(ended, CampaignState.DONE, NOW);
        insert(CampaignMessage.text("Hello"));
        String text = campaign.message().text();

        assertThat(this.<List<Campaign>>in(tx -> new CampaignStore(tx).unfinished(tenant, text, 10)))
                .containsExactly(campaign);
        assertThat(this.<List<Campaign>>in(tx -> new CampaignStore(tx).unfinished(stranger, text, 10)))
                .isEmpty();
    }

    @Test
    void runningCampaignsAreFoundAndThoseThatAreAskedFor() {
        UUID running = insert(CampaignMessage.text("Hello")).id();
        become(running, CampaignState.RUNNING, NOW);
        UUID draft = insert(CampaignMessage.text("Hello")).id();

        assertThat(running(tenant, List.of())).containsExactly(running);
        assertThat(running(tenant, List.of(draft))).containsExactly(running, draft);
        assertThat(running(stranger, List.of(draft))).isEmpty();
    }

    private List<UUID> running(AccountId whose, List<UUID> asked) {
        return in(tx -> new CampaignStore(tx)
                .running(whose, asked, 10).stream().map(Campaign::id).toList());
    }

    /// A failed pool lends its numbers to the one that stands in: a number without templates is no place for one.
    @Test
    void aNumberWithoutTemplatesAddsNoPlacesToAPortfolio() {
        var connection = new Connection(
                new ConnectionId(uuids.next()),
                tenant,
                "Cloud",
                DriverKind.CLOUD,
                Optional.empty(),
                Optional.empty(),
                false,
                Connection.Facts.NONE,
                NOW,
                NOW);
        Sender cloud = linked("cloud-" + uuids.next(), DriverKind.CLOUD)
                .at(DriverKind.CLOUD, Optional.of(new Sender.Remote(connection.id(), "300")));
        Sender lent = linked("waha-" + uuids.next(), DriverKind.WAHA);
        var numbers = new CampaignNumbers(
                cloud.id(), Optional.empty(), PoolState.NORMAL, PoolSettings.DEFAULT, List.of(cloud, lent));
        var template = new Template("eid", "en", List.of(), List.of("{{name}}"), List.of(), List.of());
        in(tx -> {
            var connections = new ConnectionStore(tx);
            connections.insert(tenant, connection, "sealed");
            connections.checked(
                    tenant,
                    connection.id(),
                    new Connection.Facts(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(NOW),
                            Optional.empty(),
                            Optional.of("portfolio")));
            new SenderStore(tx).insert(tenant, cloud);
            new SenderStore(tx).insert(tenant, lent);
            new SenderRatingStore(tx).put(tenant, cloud.id(), new SenderRating("green", "250"), NOW);
            return true;
        });

        assertThat(this.<Optional<PortfolioPlaces.Left>>in(tx ->
                                numbers.places(tx, tenant, CampaignMessage.template(template, Optional.empty()), NOW))
                        .map(PortfolioPlaces.Left::people))
                .contains(250L);
        assertThat(this.<Optional<PortfolioPlaces.Left>>in(
                        tx -> numbers.places(tx, tenant, CampaignMessage.text("Hello"), NOW)))
                .isEmpty();
    }

    /// Each of them stays with the number that wrote to it.
    @Test
    void strangersAreSharedByTheQualityOfTheNumbers() {
        List<Sender> rated = Stream.of("green", "yellow", "red")
                .map(quality -> linked(quality + "-" + uuids.next(), DriverKind.CLOUD))
                .toList();
        in(tx -> {
            rated.forEach(sender -> {
                new SenderStore(tx).insert(tenant, sender);
                String quality = sender.id().value().split("-", 2)[0];
                new SenderRatingStore(tx).put(tenant, sender.id(), new SenderRating(quality, ""), NOW);
            });
            return true;
        });
        SenderId red = rated.getLast().id();

        assertThat(shares(rated, Optional.empty()))
                .isEqualTo(Map.of(rated.getFirst().id(), 20L, rated.get(1).id(), 10L));
        assertThat(shares(rated, Optional.of(red))).isEqualTo(Map.of(red, 30L));
        assertThat(shares(List.of(rated.getLast()), Optional.empty())).isEqualTo(Map.of(red, 30L));
    }

    private Map<SenderId, Long> shares(List<Sender> pool, Optional<SenderId> own) {
        var numbers = new CampaignNumbers(
                pool.getFirst().id(), Optional.empty(), PoolState.NORMAL, PoolSettings.DEFAULT, pool);
        return in(tx -> {
            var first = new FirstContacts(tx, tenant, numbers, 10, NOW);
            return IntStream.range(0, 30)
                    .mapToObj(_ -> first.take(own).orElseThrow())
                    .collect(Collectors.groupingBy(number -> number, Collectors.counting()));
        });
    }

    private Sender linked(String id, DriverKind driver) {
        return Sender.fresh(
                        new SenderId(id),
                        tenant,
                        new Sender.Role.Master(MasterType.PRIMARY),
                        id,
                        Optional.empty(),
                        driver,
                        NOW)
                .withLink(Sender.Link.none(SenderState.LINKED, NOW), NOW);
    }

    @Test
    void statesKeepTheirTimes() {
        UUID id = insert(CampaignMessage.text("Hello")).id();
        become(id, CampaignState.SCHEDULED, NOW);
        become(id, CampaignState.RUNNING, NOW.plusSeconds(1));
        become(id, CampaignState.PAUSED, NOW.plusSeconds(2));
        become(id, CampaignState.RUNNING, NOW.plusSeconds(3));
        assertThat(due(NOW.plusSeconds(2))).doesNotContain(id);
        assertThat(due(NOW.plusSeconds(3))).contains(id);
        become(id, CampaignState.DONE, NOW.plusSeconds(4));

        Campaign done = find(tenant, id).orElseThrow();
        assertThat(done.startedAt()).contains(NOW.plusSeconds(1));
        assertThat(done.endedAt()).contains(NOW.plusSeconds(4));
        assertThat(due(NOW.plusSeconds(9))).doesNotContain(id);
        assertThat(this.<List<CampaignStore.Key>>in(tx -> new CampaignStore(tx).fresh(NOW, 10_000)))
                .contains(new CampaignStore.Key(tenant, id));
        assertThat(this.<List<CampaignStore.Key>>in(tx -> new CampaignStore(tx).fresh(NOW.plusSeconds(5), 10_000)))
                .doesNotContain(new CampaignStore.Key(tenant, id));
    }

    @Test
    void aCampaignIsChangedMeasuredAndDeletedByItsAccountOnly() {
        Campaign before = insert(CampaignMessage.text("Hello"));
        UUID id = before.id();
        Campaign after = new Campaign(
                id,
                tenant,
                "National Day",
                new SenderId("pool-2"),
                CampaignMessage.text("Hi"),
                CampaignState.DRAFT,
                Optional.of("Waits."),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(7),
                NOW,
                NOW.plusSeconds(1));
        for (AccountId whose : List.of(stranger, tenant)) {
            in(tx -> {
                var store = new CampaignStore(tx);
                store.change(whose, after);
                store.lookAgain(whose, id, NOW.plusSeconds(5), Optional.of("Waits."));
                store.measure(whose, id, 3, Optional.of(7), NOW);
                return true;
            });
            assertThat(find(tenant, id)).contains(whose.equals(tenant) ? after : before);
            assertThat(this.<Optional<Campaign>>in(tx -> new CampaignStore(tx).lock(whose, id)))
                    .isEqualTo(whose.equals(tenant) ? Optional.of(after) : Optional.empty());
        }
        assertThat(this.<CampaignStore.Measured>in(tx -> new CampaignStore(tx).measured(tenant, id)))
                .isEqualTo(new CampaignStore.Measured(Optional.of(NOW), 3));
        assertThat(this.<Long>in(tx -> new CampaignStore(tx).take(tenant, id, 5, NOW.plusSeconds(1))))
                .isZero();
        assertThat(this.<Long>in(tx -> new CampaignStore(tx).take(tenant, id, 2, NOW.plusSeconds(1))))
                .isEqualTo(5);
        for (AccountId whose : List.of(stranger, tenant)) {
            in(tx -> {
                new CampaignStore(tx).delete(whose, id);
                return true;
            });
            assertThat(find(tenant, id).isPresent()).isEqualTo(whose.equals(stranger));
        }
    }

    @Test
    void someRecipientsAreFoundAndMarked() {
        UUID id = insert(CampaignMessage.text("Hello")).id();
        Recipient first = recipient(1, Optional.of(FIRST), RecipientState.PENDING, true);
        Recipient second = recipient(2, Optional.of(SECOND), RecipientState.PENDING, true);
        in(tx -> {
            new RecipientStore(tx).insert(tenant, id, List.of(first, second));
            return true;
        });
        assertThat(this.<List<Recipient>>in(tx -> new RecipientStore(tx).findAll(tenant, id, List.of(1L))))
                .containsExactly(first);
        assertThat(this.<List<Recipient>>in(tx -> new RecipientStore(tx).findAll(stranger, id, List.of(1L))))
                .isEmpty();
        for (AccountId whose : List.of(stranger, tenant)) {
            in(tx -> {
                new RecipientStore(tx).mark(whose, id, List.of(2L), false);
                return true;
            });
            assertThat(pending(id, false)).hasSize(whose.equals(tenant) ? 1 : 0);
        }
    }

    @Test
    void recipientsMoveWithTheirContact() {
        UUID id = insert(CampaignMessage.text("Hello")).id();
        in(tx -> {
            new RecipientStore(tx)
                    .insert(tenant, id, List.of(recipient(1, Optional.of(FIRST), RecipientState.PENDING, true)));
            return true;
        });
        var joined = new HeardEvents<ContactsJoined>();
        var aliases = new ContactAliases(database, joined, Clock.systemUTC());
        for (AccountId whose : List.of(stranger, tenant)) {
            aliases.moved(whose, FIRST, ANOTHER);
            assertThat(list(id, Optional.empty(), 0, 2).getFirst().contact())
                    .contains(whose.equals(tenant) ? ANOTHER : FIRST);
        }
        var merge = new ContactMerge(joined.heard().getLast().merge(), FIRST, ANOTHER, Instant.now());
        in(tx -> {
            new ContactMerges(database, new HeardEvents<>(), Clock.systemUTC()).undo(tx, tenant, merge, "Amira");
            return true;
        });
        assertThat(list(id, Optional.empty(), 0, 2).getFirst().contact()).contains(FIRST);
    }

    @Test
    void recipientsAreReadInPagesAndByState() {
        UUID id = insert(CampaignMessage.text("Hello")).id();
        Recipient first = recipient(1, Optional.of(FIRST), RecipientState.PENDING, true);
        Recipient second = recipient(2, Optional.of(SECOND), RecipientState.PENDING, false);
        Recipient third = recipient(3, Optional.empty(), RecipientState.INVALID, false);
        in(tx -> {
            new RecipientStore(tx).insert(tenant, id, List.of(first, second, third));
            return true;
        });

        assertThat(list(id, Optional.empty(), 0, 2)).containsExactly(first, second);
        assertThat(list(id, Optional.empty(), 2, 2)).containsExactly(third);
        assertThat(list(id, Optional.of(RecipientState.INVALID), 0, 9)).containsExactly(third);
        assertThat(this.<List<Recipient>>in(tx -> new RecipientStore(tx).list(stranger, id, Optional.empty(), 0, 9)))
                .isEmpty();
        assertThat(pending(id, true)).containsExactly(first, second);
        assertThat(pending(id, false)).containsExactly(second);
        assertThat(this.<Set<ContactAddress>>in(
                        tx -> new RecipientStore(tx).known(tenant, id, List.of(FIRST, ANOTHER))))
                .containsExactly(FIRST);
        assertThat(this.<Long>in(tx -> new RecipientStore(tx).firstContacts(tenant, id)))
                .isEqualTo(1);

        Recipient ordered = first.ordered(new UUID(1, 2), Optional.of(NUMBER), NOW.plusSeconds(1));
        in(tx -> {
            new RecipientStore(tx)
                    .update(stranger, id, List.of(second.became(RecipientState.SENT, Optional.empty(), NOW)));
            new RecipientStore(tx).update(tenant, id, List.of(ordered));
            return true;
        });
        assertThat(list(id, Optional.empty(), 0, 2)).containsExactly(ordered, second);
        assertThat(this.<Set<ContactAddress>>in(
                        tx -> new RecipientStore(tx).ordered(tenant, id, List.of(FIRST, SECOND, ANOTHER))))
                .containsExactly(FIRST);
        assertThat(this.<Set<ContactAddress>>in(
                        tx -> new RecipientStore(tx).ordered(stranger, id, List.of(FIRST, SECOND, ANOTHER))))
                .isEmpty();
        assertThat(this.<Integer>in(tx -> new RecipientStore(tx).deleteSome(stranger, id, 9)))
                .isZero();
        assertThat(this.<Integer>in(tx -> new RecipientStore(tx).deleteSome(tenant, id, 2)))
                .isEqualTo(2);
        assertThat(list(id, Optional.empty(), 0, 9)).containsExactly(third);
    }

    private static final Phone ANOTHER = new Phone("+971500050009");

    @Test
    void aContactWhoWritesToThePoolIsNoStrangerAnyMore() {
        UUID id = insert(CampaignMessage.text("Hello")).id();
        in(tx -> {
            new RecipientStore(tx)
                    .insert(tenant, id, List.of(recipient(1, Optional.of(FIRST), RecipientState.PENDING, true)));
            return true;
        });
        in(tx -> {
            new RecipientStore(tx).hasWritten(stranger, POOL, FIRST);
            new RecipientStore(tx).hasWritten(tenant, new SenderId("pool-2"), FIRST);
            new RecipientStore(tx).hasWritten(tenant, POOL, SECOND);
            return true;
        });
        assertThat(pending(id, false)).isEmpty();
        in(tx -> {
            new RecipientStore(tx).hasWritten(tenant, POOL, FIRST);
            return true;
        });
        assertThat(pending(id, false)).hasSize(1);
    }

    @Test
    void whatCameBackAndWhatCountsAgainstACampaignAreItsAccountsOwn() {
        UUID id = insert(CampaignMessage.text("Hello")).id();
        Recipient first = recipient(1, Optional.of(FIRST), RecipientState.PENDING, true);
        Recipient second = recipient(2, Optional.of(SECOND), RecipientState.PENDING, true);
        Instant tomorrow = NOW.plusSeconds(86_400);
        Recipient later = first.ordered(new UUID(1, 2), Optional.of(NUMBER), NOW)
                .comesBack(Optional.of(tomorrow), Optional.of("Enough."), NOW);
        in(tx -> {
            new RecipientStore(tx).insert(tenant, id, List.of(first, second));
            new RecipientStore(tx).update(tenant, id, List.of(later));
            return true;
        });
        assertThat(pending(id, true)).containsExactly(second);
        assertThat(retries(tenant, id, tomorrow)).containsExactly(later);
        assertThat(retries(tenant, id, tomorrow.minusMillis(1))).isEmpty();
        assertThat(retries(stranger, id, tomorrow)).isEmpty();
        assertThat(this.<Set<ContactAddress>>in(tx -> new RecipientStore(tx).ordered(tenant, id, List.of(FIRST))))
                .as("it came back")
                .isEmpty();

        in(tx -> {
            new RefusalStore(tx).count(tenant, id, Map.of(1L, "132015"));
            new RefusalStore(tx).count(stranger, id, Map.of(2L, "132015"));
            return true;
        });
        assertThat(often(tenant, id, 2)).isEmpty();
        in(tx -> {
            new RefusalStore(tx).count(tenant, id, Map.of(2L, "132015"));
            new RefusalStore(tx).forget(stranger, id);
            return true;
        });
        assertThat(often(tenant, id, 2)).contains("132015");
        assertThat(often(stranger, id, 2)).isEmpty();
        in(tx -> {
            new RefusalStore(tx).forget(tenant, id);
            return true;
        });
        assertThat(often(tenant, id, 1)).isEmpty();
    }

    private List<Recipient> retries(AccountId who, UUID id, Instant until) {
        return in(tx -> new RecipientStore(tx).retries(who, id, until, 9));
    }

    private Optional<String> often(AccountId who, UUID id, int times) {
        return in(tx -> new RefusalStore(tx).often(who, id, times));
    }

    @Test
    void countersAddUp() {
        UUID id = insert(CampaignMessage.text("Hello")).id();
        in(tx -> {
            new CampaignCountStore(tx).add(tenant, id, Map.of(RecipientState.PENDING, 5L));
            new CampaignCountStore(tx).add(tenant, id, Map.of(RecipientState.PENDING, -2L, RecipientState.SENT, 2L));
            return true;
        });
        RecipientCounts counts = in(tx -> new CampaignCountStore(tx).of(tenant, id));
        assertThat(counts).isEqualTo(new RecipientCounts(Map.of(RecipientState.PENDING, 3L, RecipientState.SENT, 2L)));
        assertThat(this.<RecipientCounts>in(tx -> new CampaignCountStore(tx).of(stranger, id)))
                .isEqualTo(RecipientCounts.NONE);
    }

    @Test
    void chargesAreCounted() {
        UUID id = insert(CampaignMessage.text("Hello")).id();
        var message = new OutgoingMessage(
                UUID.randomUUID(),
                tenant,
                NUMBER,
                Optional.of(NUMBER),
                FIRST,
                "Hello",
                Optional.empty(),
                "charged:" + id,
                DeliveryState.SENT,
                Optional.empty(),
                NOW,
                NOW);
        String row = message.id().toString();
        in(tx -> {
            TestMessages.insert(tx, message);
            tx.sql()
                    .execute(
                            "UPDATE outgoing_messages SET price_category = 'marketing', is_billable = 1 WHERE id = ?",
                            row);
            tx.sql()
                    .execute(
                            "INSERT INTO campaign_recipients (campaign_id, position, tenant_id, phone, typed, name, state,"
                                    + " is_first, changed_at, message_id) VALUES (?, 1, ?, ?, '', '', 'sent', 0, 0, ?)",
                            id.toString(),
                            tenant.toString(),
                            FIRST.key(),
                            row);
            return true;
        });

        assertThat(this.<List<Campaigns.Charge>>in(tx -> new CampaignCountStore(tx).charges(tenant, id)))
                .containsExactly(new Campaigns.Charge("marketing", true, 1));
        assertThat(this.<List<Campaigns.Charge>>in(tx -> new CampaignCountStore(tx).charges(stranger, id)))
                .isEmpty();
    }

    @Test
    void anOptOutIsKeptOnceAndPerAccount() {
        var optOut = new OptOut(
                FIRST, OptOut.Cause.WORD, Optional.of(NUMBER), Optional.of("stop"), "The contact wrote it.", NOW);
        var again = new OptOut(FIRST, OptOut.Cause.PERSON, Optional.empty(), Optional.empty(), "", NOW);
        var other = new OptOut(SECOND, OptOut.Cause.PERSON, Optional.empty(), Optional.empty(), "", NOW);
        assertThat(this.<Boolean>in(tx -> new OptOutStore(tx).insert(tenant, optOut)))
                .isTrue();
        assertThat(this.<Boolean>in(tx -> new OptOutStore(tx).insert(tenant, again)))
                .isFalse();
        in(tx -> new OptOutStore(tx).insert(tenant, other));

        assertThat(this.<Optional<OptOut>>in(tx -> new OptOutStore(tx).find(tenant, FIRST)))
                .contains(optOut);
        assertThat(this.<Set<ContactAddress>>in(tx -> new OptOutStore(tx).among(tenant, List.of(FIRST, ANOTHER))))
                .containsExactly(FIRST);
        assertThat(this.<Set<ContactAddress>>in(tx -> new OptOutStore(tx).among(stranger, List.of(FIRST))))
                .isEmpty();
        assertThat(this.<List<OptOut>>in(tx -> new OptOutStore(tx).list(tenant, Optional.empty(), 1)))
                .containsExactly(optOut);
        assertThat(this.<List<OptOut>>in(tx -> new OptOutStore(tx).list(tenant, Optional.of(FIRST), 9)))
                .containsExactly(other);
        assertThat(this.<Boolean>in(tx -> new OptOutStore(tx).delete(stranger, FIRST)))
                .isFalse();
        assertThat(this.<Boolean>in(tx -> new OptOutStore(tx).delete(tenant, FIRST)))
                .isTrue();
    }

    @Test
    void recipientsWhoOptedOutSinceAreCounted() {
        UUID id = insert(CampaignMessage.text("Hello")).id();
        in(tx -> {
            new RecipientStore(tx)
                    .insert(
                            tenant,
                            id,
                            List.of(
                                    recipient(1, Optional.of(FIRST), RecipientState.PENDING, true),
                                    recipient(2, Optional.of(SECOND), RecipientState.SENT, true)));
            for (ContactAddress phone : List.of(FIRST, SECOND)) {
                new OptOutStore(tx)
                        .insert(
                                tenant,
                                new OptOut(phone, OptOut.Cause.PERSON, Optional.empty(), Optional.empty(), "", NOW));
            }
            return true;
        });
        assertThat(this.<Long>in(tx -> new RecipientStore(tx).optedOutSince(tenant, id, false)))
                .isEqualTo(1);
    }

    @Test
    void settingsBelongToTheAccount() {
        var settings = new OptOutSettings(List.of("stop", "إيقاف"), List.of(), "Bye", "", 7);
        in(tx -> {
            new OptOutSettingsStore(tx).save(tenant, OptOutSettings.DEFAULT, NOW);
            new OptOutSettingsStore(tx).save(tenant, settings, NOW);
            return true;
        });
        assertThat(this.<OptOutSettings>in(tx -> new OptOutSettingsStore(tx).find(tenant)))
                .isEqualTo(settings);
        assertThat(this.<OptOutSettings>in(tx -> new OptOutSettingsStore(tx).find(stranger)))
                .isEqualTo(OptOutSettings.DEFAULT);
    }

    @Test
    void whoAddsWordsThatOptOutKnowsThoseOfLaterVersions() {
        List<String> more = Stream.concat(Stream.of("no gracias"), OptOutSettings.DEFAULT.outWords().stream())
                .toList();
        in(tx -> {
            new OptOutSettingsStore(tx).save(tenant, new OptOutSettings(more, List.of(), "", "", 7), NOW);
            return true;
        });

        assertThat(this.<OptOutSettings>in(tx -> new OptOutSettingsStore(tx).find(tenant))
                        .outWords())
                .containsExactlyInAnyOrderElementsOf(more);
        assertThat(this.<String>in(
                        tx -> tx.sql().fetchValue(CAMPAIGN_SETTINGS.OUT_WORDS, CAMPAIGN_SETTINGS.TENANT_ID.eq(tenant))))
                .as("the program’s own words aren’t written down")
                .isEqualTo("\nno gracias");
    }

    @Test
    void firstContactsAreCountedPerDayAndForgotten() {
        in(tx -> {
            new FirstContactStore(tx).add(tenant, DAY, NUMBER, 3);
            new FirstContactStore(tx).add(tenant, DAY, NUMBER, 2);
            new FirstContactStore(tx).add(tenant, DAY.plusDays(1), NUMBER, 1);
            new FirstContactStore(tx).add(stranger, DAY, NUMBER, 9);
            return true;
        });
        assertThat(on(DAY)).isEqualTo(Map.of(NUMBER, 5));
        assertThat(on(DAY.plusDays(2))).isEmpty();
        in(tx -> new FirstContactStore(tx).deleteBefore(DAY.plusDays(1)));
        assertThat(on(DAY)).isEmpty();
        assertThat(on(DAY.plusDays(1))).isEqualTo(Map.of(NUMBER, 1));
    }

    private Map<SenderId, Integer> on(LocalDate day) {
        return in(tx -> new FirstContactStore(tx).on(tenant, day, List.of(NUMBER)));
    }

    private Campaign insert(CampaignMessage message) {
        var campaign = new Campaign(
                uuids.next(),
                tenant,
                "Eid",
                POOL,
                message,
                CampaignState.DRAFT,
                Optional.empty(),
                Optional.of(NOW),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW,
                NOW);
        in(tx -> {
            new CampaignStore(tx).insert(tenant, campaign);
            return true;
        });
        return campaign;
    }

    private static Recipient recipient(
            long position, Optional<ContactAddress> phone, RecipientState state, boolean isFirst) {
        return new Recipient(
                position,
                phone,
                "as typed",
                "Amira",
                Map.of("city", "Dubai"),
                state,
                Optional.of("Why."),
                isFirst,
                Optional.empty(),
                Optional.empty(),
                NOW,
                Recipient.Returned.NEVER);
    }

    private void become(UUID id, CampaignState state, Instant at) {
        in(tx -> {
            new CampaignStore(tx).become(tenant, id, state, Optional.of("Why."), at);
            return true;
        });
    }

    private List<UUID> due(Instant at) {
        return this.<List<CampaignStore.Key>>in(tx -> new CampaignStore(tx).due(at, 10_000)).stream()
                .map(CampaignStore.Key::id)
                .toList();
    }

    private Optional<Campaign> find(AccountId who, UUID id) {
        return in(tx -> new CampaignStore(tx).find(who, id));
    }

    private List<Campaign> list(Optional<UUID> before) {
        return in(tx -> new CampaignStore(tx).list(tenant, before, 10));
    }

    private List<Recipient> list(UUID id, Optional<RecipientState> state, long after, int limit) {
        return in(tx -> new RecipientStore(tx).list(tenant, id, state, after, limit));
    }

    private List<Recipient> pending(UUID id, boolean withFirst) {
        return in(tx -> new RecipientStore(tx).pending(tenant, id, withFirst, 10));
    }

    private <T> T in(Function<Tx, T> work) {
        return database.write(work);
    }
}
