package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.platform.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every driver must do. A subclass supplies the driver, and the world on the other side of it: phones that scan,
/// connections that break, time that passes.
abstract class DriverConformance {

    private static final Phone PHONE = new Phone("+971500000101");
    private static final AccountId TENANT = new AccountId(new UUID(7, 1));
    private static final Duration LONG = Duration.ofMinutes(10);

    private final SenderKey sender = new SenderKey(TENANT, new SenderId("sender-1"));
    private final SenderKey other = new SenderKey(TENANT, new SenderId("sender-2"));
    private final List<DriverEvent> events = new CopyOnWriteArrayList<>();

    abstract Driver driver();

    /// The phone scans the code that is shown.
    abstract void phoneScans(SenderKey sender, Phone phone);

    abstract void connectionBreaks(SenderKey sender);

    abstract void phoneRemovesTheDevice(SenderKey sender);

    abstract void timePasses(Duration time);

    @BeforeEach
    void listen() {
        driver().listen(events::add);
    }

    @Test
    void linkingShowsACodeAtOnce() {
        driver().link(sender);

        assertThat(events).singleElement().isInstanceOfSatisfying(DriverEvent.Code.class, code -> {
            assertThat(code.sender()).isEqualTo(sender);
            assertThat(code.text()).startsWith("2@");
            assertThat(code.number()).isEqualTo(1);
            assertThat(code.expiresAt()).isAfter(code.shownAt());
        });
        assertThat(driver().answers(sender)).isFalse();
    }

    @Test
    void codesRenewWhenTheyExpireAndAreGivenUpInTheEnd() {
        driver().link(sender);
        timePasses(LONG);

        List<DriverEvent.Code> codes = codes();
        assertThat(codes).hasSizeGreaterThan(1);
        assertThat(codes).extracting(DriverEvent.Code::text).doesNotHaveDuplicates();
        for (int i = 0; i < codes.size(); i++) {
            assertThat(codes.get(i).number()).isEqualTo(i + 1);
            assertThat(codes.get(i).of()).isEqualTo(codes.size());
            if (i > 0) {
                assertThat(codes.get(i).shownAt()).isEqualTo(codes.get(i - 1).expiresAt());
            }
        }
        assertThat(events).last().isEqualTo(new DriverEvent.TimedOut(sender));
        assertThat(events).hasSize(codes.size() + 1);
    }

    @Test
    void linkingAgainWhileItGoesOnChangesNothing() {
        driver().link(sender);
        driver().link(sender);

        assertThat(events).hasSize(1);
    }

    @Test
    void afterItWasGivenUpLinkingBeginsAnew() {
        driver().link(sender);
        timePasses(LONG);
        events.clear();

        driver().link(sender);

        assertThat(codes()).extracting(DriverEvent.Code::number).containsExactly(1);
    }

    @Test
    void aScannedCodeLinksAndNoCodeFollows() {
        driver().link(sender);
        phoneScans(sender, PHONE);
        timePasses(LONG);

        assertThat(events).hasSize(2).last().isInstanceOfSatisfying(DriverEvent.Linked.class, linked -> {
            assertThat(linked.sender()).isEqualTo(sender);
            assertThat(linked.phone()).isEqualTo(PHONE);
            assertThat(linked.deviceName()).isNotBlank();
        });
        assertThat(driver().answers(sender)).isTrue();
    }

    @Test
    void aCancelledLinkingIsSilent() {
        driver().link(sender);
        driver().cancel(sender);
        phoneScans(sender, PHONE);
        timePasses(LONG);

        assertThat(events).hasSize(1);
        assertThat(driver().answers(sender)).isFalse();
    }

    @Test
    void aSenderThatWasLinkedComesBack() {
        driver().connect(sender);

        assertThat(events).containsExactly(new DriverEvent.Connected(sender));
        assertThat(driver().answers(sender)).isTrue();
    }

    @Test
    void aBrokenConnectionIsToldAndComesBack() {
        driver().connect(sender);
        connectionBreaks(sender);

        assertThat(events).last().isInstanceOf(DriverEvent.Disconnected.class);
        assertThat(driver().answers(sender)).isFalse();

        timePasses(LONG);
        assertThat(events).last().isEqualTo(new DriverEvent.Connected(sender));
        assertThat(driver().answers(sender)).isTrue();
    }

    @Test
    void aDeviceThatThePhoneRemovesIsToldAndStaysAway() {
        driver().connect(sender);
        phoneRemovesTheDevice(sender);
        timePasses(LONG);

        assertThat(events).hasSize(2).last().isInstanceOf(DriverEvent.Unlinked.class);
        assertThat(driver().answers(sender)).isFalse();
    }

    @Test
    void aStoppedSenderIsSilent() {
        driver().connect(sender);
        connectionBreaks(sender);
        driver().stop(sender);
        events.clear();
        timePasses(LONG);

        assertThat(events).isEmpty();
        assertThat(driver().answers(sender)).isFalse();
    }

    @Test
    void sendersDoNotDisturbEachOther() {
        driver().link(sender);
        driver().link(other);
        driver().cancel(sender);
        phoneScans(other, PHONE);

        assertThat(driver().answers(sender)).isFalse();
        assertThat(driver().answers(other)).isTrue();
        assertThat(events).last().isInstanceOf(DriverEvent.Linked.class);
    }

    private List<DriverEvent.Code> codes() {
        return events.stream()
                .filter(DriverEvent.Code.class::isInstance)
                .map(DriverEvent.Code.class::cast)
                .toList();
    }
}
