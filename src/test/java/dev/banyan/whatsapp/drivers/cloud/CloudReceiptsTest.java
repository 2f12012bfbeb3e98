package dev.banyan.whatsapp.drivers.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookEvent.Stage;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import dev.banyan.whatsapp.drivers.cloud.FakeFaults.Fault;
import dev.banyan.whatsapp.drivers.cloud.FakeSending.Sent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of messages that we sent, and what Meta tells about the account.
class CloudReceiptsTest {

    private final CloudWorld world = new CloudWorld();

    @BeforeEach
    void open() {
        world.opened();
        world.opensDoor();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Sent sent(OutgoingMessage message) {
        world.send(message);
        return world.meta.sending().sent().getLast();
    }

    @Test
    void receiptsNameOurIdAndComeInAnyOrder() {
        OutgoingMessage message = world.text("Hello");
        Sent sent = sent(message);
        world.meta.hooks().together(() -> {
            world.meta.sending().reports(sent, "read");
            world.meta.sending().reports(sent, "sent");
        });
        world.meta.sending().reports(sent, "delivered");
        world.meta.sending().reports(sent, "played");

        assertThat(world.told(HookEvent.Receipt.class))
                .extracting(HookEvent.Receipt::stage)
                .containsExactly(Stage.READ, Stage.SENT, Stage.DELIVERED, Stage.READ);
        assertThat(world.told(HookEvent.Receipt.class)).allSatisfy(receipt -> {
            assertThat(receipt.provider()).isEqualTo(sent.wamid());
            assertThat(receipt.message()).contains(message.id());
            assertThat(receipt.remote()).isEqualTo(world.sweets.id());
        });
    }

    /// The answer was lost; the webhook tells what became of the message, and its id.
    @Test
    void aMessageWhoseAnswerWasLostIsFoundByItsReceipt() {
        OutgoingMessage message = world.text("Hello");
        world.meta.faults().next("messages", new Fault.Broken(true));
        assertThat(world.send(message)).isInstanceOf(SendResult.Unknown.class);

        world.meta.sending().reports(world.meta.sending().sent().getLast(), "sent");

        assertThat(world.told(HookEvent.Receipt.class))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.message()).contains(message.id()));
    }

    @Test
    void idsOfOthersAreLeftOut() {
        var events = world.read("""
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
                "metadata":{"phone_number_id":"3"},"statuses":[
                {"id":"wamid.1","status":"delivered","biz_opaque_callback_data":"job-8841"},
                {"id":"wamid.2","status":"something_new"},
                {"status":"read"}]}}]}]}""");

        assertThat(events)
                .containsExactly(
                        new HookEvent.Receipt("3", "wamid.1", Optional.empty(), Stage.DELIVERED),
                        new HookEvent.Alive("3"),
                        new HookEvent.Alive("3"));
    }

    @Test
    void pricesAreTold() {
        Sent sent = sent(world.text("Hello"));
        world.meta.sending().reports(sent, "delivered");

        assertThat(world.told(HookEvent.Priced.class))
                .containsExactly(new HookEvent.Priced(world.sweets.id(), sent.wamid(), "service", false));
    }

    @Test
    void aFailureAfterwardsHasItsReason() {
        OutgoingMessage message = world.text("Hello");
        Sent sent = sent(message);
        world.meta.sending().reports(sent, "sent");
        world.meta.sending().fails(sent, 131026);

        assertThat(world.told(HookEvent.Undeliverable.class)).singleElement().satisfies(failure -> {
            assertThat(failure.message()).contains(message.id());
            assertThat(failure.why().why()).isEqualTo(Why.CONTACT);
            assertThat(failure.why().reason()).contains("isn’t on WhatsApp").contains("131026");
            assertThat(failure.why().code()).contains("131026");
        });
    }

    @Test
    void aFailureWithoutAReasonIsToldToo() {
        var events = world.read("""
                {"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"3"},
                "statuses":[{"id":"wamid.1","status":"failed"}]}}]}]}""");

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        HookEvent.Undeliverable.class,
                        failure -> assertThat(failure.why().why()).isEqualTo(Why.MESSAGE));
    }

    // The number and the account.

    private List<HookEvent> error(int code) {
        return world.read("""
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{
                "metadata":{"phone_number_id":"3"},"errors":[{"code":%d,"title":"…"}]}}]}]}""".formatted(code));
    }

    @Test
    void errorsOfTheNumberChangeItsState() {
        assertThat(error(131031)).singleElement().isInstanceOfSatisfying(HookEvent.StatusChanged.class, changed -> {
            assertThat(changed.remote()).isEqualTo("3");
            assertThat(changed.status().state()).isEqualTo(State.BANNED);
        });
        assertThat(error(131048))
                .singleElement()
                .isInstanceOfSatisfying(
                        HookEvent.StatusChanged.class,
                        changed -> assertThat(changed.status().state()).isEqualTo(State.RESTRICTED));
        assertThat(error(130429)).singleElement().isInstanceOfSatisfying(HookEvent.Notice.class, notice -> {
            assertThat(notice.remotes()).containsExactly("3");
            assertThat(notice.isBad()).isTrue();
        });
    }

    private HookEvent.Notice notice() {
        return world.told(HookEvent.Notice.class).getLast();
    }

    @Test
    void bansRestrictionsAndQualityAreNotices() {
        world.meta.bans(world.sweets);
        assertThat(notice().title()).isEqualTo("Business account banned");
        assertThat(notice().isBad()).isTrue();
        assertThat(notice().remotes()).as("it concerns all numbers").isEmpty();

        world.meta.restricts(world.sweets, 1_784_709_800);
        assertThat(notice().details())
                .contains("No templates can be sent until 2026-07-22T08:43:20Z")
                .contains("replies go out");

        world.meta.flags(world.sweets);
        assertThat(notice().title()).isEqualTo("Quality rating low");
        assertThat(notice().details()).contains("+971500000100");
    }

    @Test
    void whyATemplateWasRejectedIsTold() {
        ObjectNode rejected = GraphJson.object().put("event", "REJECTED").put("message_template_name", "ready");
        rejected.putObject("rejection_info").put("reason", "A field has no example.");
        world.meta.hooks().tell("message_template_status_update", rejected);

        assertThat(notice().details()).isEqualTo("The template ready was rejected: A field has no example.");
    }

    /// The announcement calls the category of today the new one.
    @Test
    void theCategoryThatATemplateWillGetIsTold() {
        ObjectNode change = GraphJson.object().put("message_template_name", "ready");
        change.put("new_category", "UTILITY").put("correct_category", "MARKETING");
        change.put("category_update_timestamp", 1_784_709_800);
        world.meta.hooks().tell("template_category_update", change);

        assertThat(notice().details())
                .isEqualTo(
                        "The template ready will be in the category marketing from 2026-07-22T08:43:20Z on. Its price"
                                + " may change.");

        world.meta
                .hooks()
                .tell(
                        "template_category_update",
                        GraphJson.object()
                                .put("message_template_name", "ready")
                                .put("previous_category", "UTILITY")
                                .put("new_category", "MARKETING"));

        assertThat(notice().details())
                .isEqualTo("The template ready is now in the category marketing. Its price may change.");
    }

    @Test
    void theStateOfABanMayBeAList() {
        ObjectNode back = GraphJson.object().put("event", "DISABLED_UPDATE");
        back.putObject("ban_info").putArray("waba_ban_state").add("REINSTATE");
        world.meta.hooks().tell("account_update", back);

        assertThat(notice().isBad()).isFalse();
    }

    @Test
    void goodNewsAreNotices() {
        ObjectNode back = GraphJson.object().put("event", "DISABLED_UPDATE");
        back.putObject("ban_info").put("waba_ban_state", "REINSTATE");
        world.meta.hooks().tell("account_update", back);
        assertThat(notice().isBad()).isFalse();

        world.meta
                .hooks()
                .tell(
                        "business_capability_update",
                        GraphJson.object().put("max_daily_conversations_per_business", "TIER_10K"));
        assertThat(notice().details()).contains("10,000");
        assertThat(notice().isBad()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PIN_CHANGED, Two-step PIN changed, false",
        "PIN_RESET_REQUEST, Two-step PIN reset requested, true",
        "PIN_REQUEST_SUCCESS, Two-step PIN turned off, true",
        "SOMETHING_NEW, Security setting changed, false"
    })
    void whatHappenedToThePinIsSaid(String event, String title, boolean isBad) {
        world.meta
                .hooks()
                .tell(
                        "security",
                        GraphJson.object()
                                .put("display_phone_number", "971500000100")
                                .put("event", event)
                                .put("requester", "61555822107539"));

        assertThat(notice().title()).isEqualTo(title);
        assertThat(notice().details()).contains("+971500000100").doesNotContain("61555822107539");
        assertThat(notice().isBad()).isEqualTo(isBad);
    }

    @Test
    void eventsWithoutAMeaningForPeopleAreNone() {
        world.meta.hooks().tell("account_update", GraphJson.object().put("event", "VOLUME_BASED_PRICING_TIER_UPDATE"));
        world.meta.hooks().tell("something_new", GraphJson.object().put("x", 1));

        assertThat(world.told()).isEmpty();
    }

    @Test
    void changedTemplatesAreListedAnewAndBadNewsTold() {
        world.meta.templateBecame("order_ready", "en", "APPROVED");
        world.meta.templateBecame("order_ready", "en", "PAUSED");

        assertThat(world.told(HookEvent.TemplatesChanged.class)).hasSize(2);
        assertThat(world.told(HookEvent.Notice.class)).singleElement().satisfies(notice -> {
            assertThat(notice.details()).contains("order_ready (en) is paused");
            assertThat(notice.isBad()).isTrue();
        });
    }
}
