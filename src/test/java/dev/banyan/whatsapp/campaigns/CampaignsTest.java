package dev.banyan.whatsapp.campaigns;

import static dev.banyan.platform.outcome.Outcomes.refusal;
import static dev.banyan.platform.outcome.Outcomes.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageContent.Template;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.QuietHours;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.campaigns.CampaignLists.Added;
import dev.banyan.whatsapp.campaigns.Campaigns.Wanted;
import dev.banyan.whatsapp.failover.PoolPauses;
import dev.banyan.whatsapp.messages.TemplateBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people do with campaigns: fill, check, test, start, pause, resume, cancel and delete them.
@OnEveryDatabase
class CampaignsTest {

    private final AccountId tenant;
    private final AccountId stranger;
    private final TestCampaigns server;
    private final Sender pool;

    CampaignsTest(Database database) {
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.server = new TestCampaigns(database, tenant);
        this.pool = server.world.linked(tenant, "+971500000101");
    }

    @Test
    void aDraftShowsWhatItsFirstRecipientGets() {
        Campaign campaign = server.draft(pool.id(), "Hello {{name|there}}, from {{city}}");
        assertThat(server.trial.preview(campaign)).isEmpty();
        value(server.lists.add(
                tenant,
                campaign.id(),
                List.of(
                        new NewRecipient("nonsense", "Noor", Map.of()),
                        new NewRecipient("+971500050001", "Amira", Map.of("city", "Dubai")))));

        assertThat(server.trial.preview(campaign))
                .contains(new CampaignTrial.Preview("Amira", "Hello Amira, from Dubai", List.of()));
    }

    @Test
    void aDraftShowsItsTemplateWithTheValuesOfItsFirstRecipient() {
        var template = new Template("order_ready", "en", List.of(), List.of("{{name}}", "A 17"), List.of(), List.of());
        Campaign campaign = server.draft(pool.id(), CampaignMessage.template(template, Optional.empty()));
        value(server.lists.add(tenant, campaign.id(), List.of(new NewRecipient("+971500050001", "Amira", Map.of()))));
        assertThat(server.trial.preview(campaign)).as("its text is not known").isEmpty();

        server.book.add(new TemplateBook.Entry(
                "order_ready",
                "en",
                "Hi {{1}}, order {{2}} is ready.",
                0,
                List.of("1", "2"),
                false,
                List.of(new TemplateBook.Button("Track", "url"))));
        assertThat(server.trial.preview(campaign))
                .contains(new CampaignTrial.Preview("Amira", "Hi Amira, order A 17 is ready.", List.of("Track")));
    }

    @Test
    void aListKeepsWhatGetsNothingWithTheReason() {
        server.optOuts.add(tenant, Actor.SERVER, "+971500050003", "");
        Campaign campaign = server.draft(pool.id(), "Hello");

        assertThat(add(campaign, "+971 50 005 0001", "971500050001", "nonsense", "", "+971500050003", "+971500050004"))
                .isEqualTo(Outcome.done(new Added(2, 1, 2, 1)));
        assertThat(add(campaign, "+971500050004", "+971500050005")).isEqualTo(Outcome.done(new Added(1, 1, 0, 0)));

        assertThat(server.recipients(campaign))
                .extracting(Recipient::position, Recipient::state)
                .containsExactly(
                        tuple(1L, RecipientState.PENDING),
                        tuple(2L, RecipientState.DUPLICATE),
                        tuple(3L, RecipientState.INVALID),
                        tuple(4L, RecipientState.INVALID),
                        tuple(5L, RecipientState.OPTED_OUT),
                        tuple(6L, RecipientState.PENDING),
                        tuple(7L, RecipientState.DUPLICATE),
                        tuple(8L, RecipientState.PENDING));
        assertThat(server.recipients(campaign).stream()
                        .filter(one -> one.state() != RecipientState.PENDING)
                        .map(Recipient::reason))
                .allMatch(Optional::isPresent);
        assertThat(server.counts(campaign).total()).isEqualTo(8);
        server.withoutLimit();
        server.acts.start(tenant, Actor.SERVER, campaign.id());
        server.run(Duration.ofSeconds(20));

        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
        assertThat(server.sent().keySet().stream().map(phone -> phone.key()))
                .containsExactly("+971500050001", "+971500050004", "+971500050005");
        assertThat(server.counts(campaign).leftOut()).isEqualTo(5);
    }

    @Test
    void aListHasAtMostAHundredThousandRecipients() {
        Campaign campaign = server.draft(pool.id(), "Hello");
        List<NewRecipient> rows = IntStream.range(0, CampaignLists.MOST + 1)
                .mapToObj(i -> new NewRecipient("x", "", Map.of()))
                .toList();
        assertThat(refusal(server.lists.add(tenant, campaign.id(), rows))).isInstanceOf(Refusal.Rejected.class);
        assertThat(server.counts(campaign).total()).isZero();
    }

    @Test
    void aContactWithoutANumberKeepsTheWholeAddress() {
        var hidden = new ContactAddress.UserId("AE.ENT." + "1".repeat(100), new ConnectionId(UUID.randomUUID()));
        server.tagged((_, _, _, after, _) ->
                after.isEmpty() ? List.of(new TaggedContacts.Tagged(hidden, "Amal", "1")) : List.of());
        Campaign campaign = server.draft(pool.id(), "Hello");

        assertThat(server.lists.addTagged(tenant, campaign.id(), Optional.empty(), "gold"))
                .isEqualTo(Outcome.done(new Added(1, 0, 0, 0)));
        Recipient first = server.recipients(campaign).getFirst();
        assertThat(first.contact()).contains(hidden);
        assertThat(CampaignPage.Row.of(first, ZoneOffset.UTC).phone()).isEqualTo(hidden.shown());
    }

    /// No one has entered the category: WhatsApp’s own counts.
    @Test
    void aCodeForAContactWithoutANumberIsRefusedByName() {
        var hidden = new ContactAddress.UserId("AE.1", new ConnectionId(UUID.randomUUID()));
        var template = new Template("login_code", "en", List.of(), List.of("123"), List.of(), List.of());
        Campaign campaign = server.draft(pool.id(), CampaignMessage.template(template, Optional.empty()));
        server.category = Optional.of("authentication");

        assertThat(server.lists.add(
                        tenant,
                        campaign.id(),
                        List.of(
                                new NewRecipient(hidden.key(), "Amal", Map.of()),
                                new NewRecipient("+971500050001", "Omar", Map.of()))))
                .isEqualTo(Outcome.done(new Added(1, 0, 1, 0)));
        assertThat(server.recipients(campaign).getFirst().reason())
                .contains("An authentication template needs a phone number, which WhatsApp hides for this contact.");
    }

    @Test
    void contactsWithATagAreAdded() {
        server.tagged((who, workspace, tag, after, limit) -> who.equals(tenant) && tag.equals("gold") && after.isEmpty()
                ? List.of(new TaggedContacts.Tagged(TestCampaigns.contact(1), "Amira", "1"))
                : List.of());
        Campaign campaign = server.draft(pool.id(), "Hello");

        assertThat(server.lists.addTagged(tenant, campaign.id(), Optional.empty(), " gold "))
                .isEqualTo(Outcome.done(new Added(1, 0, 0, 0)));
        assertThat(server.recipients(campaign).getFirst().name()).isEqualTo("Amira");
        assertThat(refusal(server.lists.addTagged(tenant, campaign.id(), Optional.empty(), "silver")))
                .isInstanceOf(Refusal.Rejected.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"''; Hello; name", "{n*101}; Hello; name", "Eid; ''; text", "Eid; {x*4097}; text"})
    void badInputIsRefused(String name, String text, String field) {
        assertThat(refusal(server.campaigns.create(
                        tenant,
                        Actor.SERVER,
                        new Wanted(typed(name), pool.id(), CampaignMessage.text(typed(text)), Optional.empty()))))
                .isInstanceOfSatisfying(
                        Refusal.Rejected.class,
                        refused -> assertThat(refused.invalid())
                                .extracting(Invalid::field)
                                .contains(field));
    }

    private static String typed(String text) {
        return text.matches("\\{.\\*\\d+}")
                ? text.substring(1, 2).repeat(Integer.parseInt(text.substring(3, text.length() - 1)))
                : text;
    }

    @Test
    void badTemplatesTimesAndPoolsAreRefused() {
        var template = new Template("Eid Offer", "english", List.of(), List.of("a\u0007b"), List.of(), List.of());
        assertThat(refusal(server.campaigns.create(
                        tenant,
                        Actor.SERVER,
                        new Wanted(
                                "Eid",
                                pool.id(),
                                CampaignMessage.template(template, Optional.of("dear")),
                                Optional.of(server.world.clock.instant().plus(Duration.ofDays(400)))))))
                .isInstanceOfSatisfying(
                        Refusal.Rejected.class,
                        refused -> assertThat(refused.invalid())
                                .extracting(Invalid::field)
                                .containsExactly("category", "template", "language", "values", "startAt"));
        assertThat(create(new SenderId("nobody"))).isEqualTo(Outcome.notFound());
        assertThat(server.campaigns.create(
                        stranger,
                        Actor.SERVER,
                        new Wanted("Eid", pool.id(), CampaignMessage.text("Hi"), Optional.empty())))
                .as("another's pool")
                .isEqualTo(Outcome.notFound());
    }

    @Test
    void nothingIsDoneWithTheCampaignOfAnother() {
        Campaign campaign = server.started(pool.id(), 1);
        UUID id = campaign.id();
        assertThat(server.campaigns.find(stranger, id)).isEmpty();
        assertThat(server.campaigns.progress(stranger, id)).isEmpty();
        assertThat(server.campaigns.list(stranger, Optional.empty(), 10)).isEmpty();
        assertThat(server.lists.list(stranger, id, Optional.empty(), 0, 10)).isEmpty();
        assertThat(server.acts.pause(stranger, Actor.SERVER, id)).isEqualTo(Outcome.notFound());
        assertThat(server.acts.cancel(stranger, Actor.SERVER, id)).isEqualTo(Outcome.notFound());
        assertThat(server.campaigns.delete(stranger, Actor.SERVER, id)).isEqualTo(Outcome.notFound());
        assertThat(server.lists.add(stranger, id, List.of(new NewRecipient("1", "", Map.of()))))
                .isEqualTo(Outcome.notFound());
        assertThat(server.check.run(stranger, id)).isEmpty();
        assertThat(server.trial.send(stranger, Actor.SERVER, id, "+971500050001", Map.of()))
                .isEqualTo(Outcome.notFound());
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.RUNNING);
    }

    @Test
    void onlyDraftsChange() {
        Campaign campaign = server.draft(pool.id(), "Hello");
        var wanted = new Wanted("Eid 2", pool.id(), CampaignMessage.text("Hi"), Optional.empty());
        assertThat(value(server.campaigns.change(tenant, Actor.SERVER, campaign.id(), wanted))
                        .name())
                .isEqualTo("Eid 2");
        assertThat(refusal(server.acts.start(tenant, Actor.SERVER, campaign.id())))
                .as("without recipients")
                .isInstanceOf(Refusal.Rejected.class);
        server.add(campaign, 1);
        assertThat(server.acts.start(tenant, Actor.SERVER, campaign.id())).isInstanceOf(Outcome.Done.class);

        assertThat(refusal(server.campaigns.change(tenant, Actor.SERVER, campaign.id(), wanted)))
                .isInstanceOf(Refusal.Conflict.class);
        assertThat(refusal(add(campaign, "+971500050009"))).isInstanceOf(Refusal.Conflict.class);
        assertThat(refusal(server.acts.start(tenant, Actor.SERVER, campaign.id())))
                .isInstanceOf(Refusal.Conflict.class);
        assertThat(refusal(server.campaigns.delete(tenant, Actor.SERVER, campaign.id())))
                .isInstanceOf(Refusal.Conflict.class);
        assertThat(refusal(server.acts.resume(tenant, Actor.SERVER, campaign.id())))
                .isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void aScheduledCampaignStartsAtItsTime() {
        Instant start = server.world.clock.instant().plus(Duration.ofMinutes(10));
        server.withoutLimit();
        Campaign campaign = value(server.campaigns.create(
                tenant, Actor.SERVER, new Wanted("Eid", pool.id(), CampaignMessage.text("Hello"), Optional.of(start))));
        server.add(campaign, 2);
        assertThat(value(server.acts.start(tenant, Actor.SERVER, campaign.id())).state())
                .isEqualTo(CampaignState.SCHEDULED);

        server.run(Duration.ofMinutes(9));
        assertThat(server.sent()).isEmpty();
        server.run(Duration.ofMinutes(2));

        assertThat(server.sent()).hasSize(2);
        assertThat(server.now(campaign).startedAt().orElseThrow()).isAfterOrEqualTo(start);
    }

    @Test
    void quietHoursOfThePoolCount() {
        server.withoutLimit();
        tune(new PoolSettings(
                PoolSettings.DEFAULT.strategy(),
                PoolSettings.DEFAULT.uncertain(),
                Pace.AS_POOL,
                Optional.empty(),
                Optional.of(new QuietHours(LocalTime.of(9, 0), LocalTime.of(10, 10), QuietHours.ANSWERS_WITHIN)),
                ZoneOffset.UTC,
                10_000));
        Campaign campaign = server.started(pool.id(), 3);

        server.run(Duration.ofMinutes(5));
        assertThat(server.sent()).isEmpty();
        assertThat(server.campaigns
                        .progress(tenant, campaign.id())
                        .flatMap(Campaigns.Progress::endsAt)
                        .orElseThrow())
                .isAfterOrEqualTo(Instant.parse("2026-11-20T10:10:00Z"));
        server.run(Duration.ofMinutes(6));

        assertThat(server.sent()).hasSize(3);
    }

    @Test
    void pauseResumeAndCancel() {
        server.withoutLimit();
        slow(30);
        Campaign campaign = server.started(pool.id(), 100);
        server.run(Duration.ofSeconds(30));
        server.acts.pause(tenant, Actor.SERVER, campaign.id());
        server.run(Duration.ofMinutes(3));
        long afterPause = server.counts(campaign).handled();

        assertThat(afterPause).as("what was queued").isBetween(1L, 60L);
        assertThat(server.counts(campaign).of(RecipientState.WAITING)).isZero();
        server.run(Duration.ofMinutes(1));
        assertThat(server.counts(campaign).handled()).isEqualTo(afterPause);

        server.acts.resume(tenant, Actor.SERVER, campaign.id());
        server.run(Duration.ofSeconds(30));
        assertThat(server.counts(campaign).handled()).isGreaterThan(afterPause);
        server.acts.cancel(tenant, Actor.SERVER, campaign.id());
        server.world.threads.runAll();
        int sent = server.sent().size();
        server.run(Duration.ofMinutes(3));

        assertThat(server.sent()).hasSizeBetween(sent, sent + 1);
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.CANCELED);
        RecipientCounts counts = server.counts(campaign);
        assertThat(counts.left()).isZero();
        assertThat(counts.of(RecipientState.CANCELED))
                .isEqualTo(100 - server.sent().size());
        assertThat(server.sent().values()).containsOnly(1);

        assertThat(server.campaigns.delete(tenant, Actor.SERVER, campaign.id())).isInstanceOf(Outcome.Done.class);
        assertThat(server.campaigns.find(tenant, campaign.id())).isEmpty();
        assertThat(server.recipients(campaign)).isEmpty();
    }

    @Test
    void onlySomeWaitSoThatOthersAreNotHeldUp() {
        server.withoutLimit();
        slow(30);
        Campaign campaign = server.started(pool.id(), 400);
        server.runner.run();
        assertThat(server.counts(campaign).of(RecipientState.WAITING)).isEqualTo(30);
    }

    @Test
    void atMostFiveHundredWait() {
        server.withoutLimit();
        Campaign campaign = server.started(pool.id(), 700);
        server.runner.run();
        assertThat(server.counts(campaign).of(RecipientState.WAITING)).isEqualTo(500);
        server.run(Duration.ofMinutes(2));
        assertThat(server.sent()).hasSize(700);
        assertThat(server.sent().values()).containsOnly(1);
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
        assertThat(server.counts(campaign).sent()).isEqualTo(700);
    }

    @Test
    void aDrainedOrRemovedPoolPausesTheCampaignWithTheReason() {
        server.withoutLimit();
        slow(30);
        Campaign campaign = server.started(pool.id(), 100);
        server.run(Duration.ofSeconds(10));
        var pauses = new PoolPauses(server.world.changes);
        pauses.pause(tenant, Actor.SERVER, pool.id(), Optional.of(Pause.DRAIN));
        server.run(Duration.ofMinutes(2));

        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.PAUSED);
        assertThat(server.now(campaign).note()).contains(CampaignActs.POOL_DRAINED);
        assertThat(server.acts.resume(tenant, Actor.SERVER, campaign.id()))
                .isEqualTo(Outcome.conflict(CampaignActs.POOL_DRAINED));
        pauses.pause(tenant, Actor.SERVER, pool.id(), Optional.empty());
        assertThat(server.acts.resume(tenant, Actor.SERVER, campaign.id())).isInstanceOf(Outcome.Done.class);

        server.world.senders.removeMaster(tenant, Actor.SERVER, pool.id(), Optional.empty());
        server.run(Duration.ofMinutes(1));
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.PAUSED);
        assertThat(server.now(campaign).note()).contains(CampaignActs.POOL_GONE);
    }

    @Test
    void theDryRunSaysWhatWouldHappen() {
        slow(10);
        server.optOuts.add(tenant, Actor.SERVER, "+971500050090", "");
        server.writes(pool.id(), pool.id(), TestCampaigns.contact(0), "Hello");
        Campaign campaign = server.draft(pool.id(), "Hello {{name}}, {{city}} {{code|X}} {{nmae}} {order}");
        server.add(campaign, 30);
        add(campaign, "+971500050000", "nonsense", "+971500050090");
        server.optOuts.add(tenant, Actor.SERVER, "+971500050029", "");

        CampaignCheck.Forecast forecast =
                server.check.run(tenant, campaign.id()).orElseThrow();

        assertThat(forecast.total()).isEqualTo(33);
        assertThat(forecast.messages()).isEqualTo(29);
        assertThat(forecast.costs()).isEqualTo(Map.of("service", 29L));
        assertThat(forecast.duplicates()).isEqualTo(1);
        assertThat(forecast.invalid()).isEqualTo(1);
        assertThat(forecast.optedOut()).isEqualTo(2);
        assertThat(forecast.firstContacts()).isEqualTo(28);
        assertThat(forecast.firstContactsPerDay()).contains(20L);
        assertThat(forecast.missingFields()).isEqualTo(Map.of("city", 30L, "nmae", 30L));
        assertThat(forecast.endsAt().orElseThrow())
                .as("the rest tomorrow")
                .isBetween(Instant.parse("2026-11-21T00:00:00Z"), Instant.parse("2026-11-21T00:05:00Z"));
        assertThat(String.join(" ", forecast.warnings()))
                .contains("{{nmae}}", "463", "“{order}” isn’t a field", "Write {{order}}");
        assertThat(server.sent()).isEmpty();
    }

    @Test
    void theEstimateFollowsTheSpeedOfThePool() {
        server.withoutLimit();
        slow(10);
        Campaign campaign = server.draft(pool.id(), "Hello");
        server.add(campaign, 100);
        assertThat(server.check.run(tenant, campaign.id()).orElseThrow().endsAt())
                .contains(server.world.clock.instant().plus(Duration.ofMinutes(10)));
        server.acts.start(tenant, Actor.SERVER, campaign.id());
        server.run(Duration.ofMinutes(5));

        Campaigns.Progress progress =
                server.campaigns.progress(tenant, campaign.id()).orElseThrow();
        assertThat(progress.campaign().perMinute().orElseThrow()).isBetween(8, 12);
        assertThat(Duration.between(
                        server.world.clock.instant(), progress.endsAt().orElseThrow()))
                .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(7));
    }

    @Test
    void aTestMessageIsMarkedAndNotCounted() {
        Campaign campaign = server.draft(pool.id(), "Hello {{name}} {{city|you}}");
        server.add(campaign, 1);

        assertThat(value(server.trial.send(
                                tenant, Actor.SERVER, campaign.id(), "+971500050077", Map.of("city", "Dubai")))
                        .text())
                .isEqualTo("[Test] Hello Contact 0 Dubai");
        server.run(Duration.ofSeconds(10));
        assertThat(server.sent().keySet().stream().map(phone -> phone.key())).containsExactly("+971500050077");
        assertThat(server.counts(campaign).of(RecipientState.PENDING)).isEqualTo(1);

        assertThat(refusal(server.trial.send(tenant, Actor.SERVER, campaign.id(), "nonsense", Map.of())))
                .isInstanceOf(Refusal.Rejected.class);
        server.optOuts.add(tenant, Actor.SERVER, "+971500050077", "");
        assertThat(refusal(server.trial.send(tenant, Actor.SERVER, campaign.id(), "+971500050077", Map.of())))
                .isInstanceOf(Refusal.Rejected.class);
    }

    @Test
    void aMessageThatIsEmptyOnceFilledFailsForItsOwnReason() {
        server.withoutLimit();
        Campaign campaign = server.draft(pool.id(), "{{code}}");
        add(campaign, "+971500050001");
        server.acts.start(tenant, Actor.SERVER, campaign.id());
        server.run(Duration.ofSeconds(10));

        assertThat(server.recipients(campaign).getFirst().state()).isEqualTo(RecipientState.FAILED);
        assertThat(server.recipients(campaign).getFirst().reason()).contains("Message is required.");
        assertThat(server.now(campaign).state()).isEqualTo(CampaignState.DONE);
    }

    private Outcome<Campaign> create(SenderId master) {
        return server.campaigns.create(
                tenant, Actor.SERVER, new Wanted("Eid", master, CampaignMessage.text("Hi"), Optional.empty()));
    }

    private Outcome<Added> add(Campaign campaign, String... phones) {
        return server.lists.add(
                tenant,
                campaign.id(),
                List.of(phones).stream()
                        .map(phone -> new NewRecipient(phone, "", Map.of()))
                        .toList());
    }

    private void slow(int perMinute) {
        PoolSettings is = PoolSettings.DEFAULT;
        tune(new PoolSettings(
                is.strategy(),
                is.uncertain(),
                new Pace(Optional.of(perMinute), Optional.empty(), Optional.empty()),
                is.pair(),
                is.quiet(),
                is.zone(),
                is.mostWaiting()));
    }

    private void tune(PoolSettings settings) {
        server.world.tuning.tunePool(tenant, Actor.SERVER, pool.id(), settings);
    }
}
