package dev.banyan.whatsapp.history;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import org.junit.jupiter.api.Test;

class SendRatesTest {

    private static final AccountId TENANT = new AccountId(new UUID(0, 1));
    private static final SenderId SENDER = new SenderId("amira-nasser");

    private final TestClock clock = new TestClock();
    private final SendRates rates = new SendRates(clock);

    @Test
    void whatWasSentCountsForAMinute() {
        tell(DeliveryState.SENT, 3);
        tell(DeliveryState.DELIVERED, 5);
        clock.forward(Duration.ofSeconds(30));
        tell(DeliveryState.SENT, 2);
        assertThat(rate()).isEqualTo(5);

        clock.forward(Duration.ofSeconds(30));
        assertThat(rate()).as("the first three are older than a minute").isEqualTo(2);

        clock.forward(Duration.ofSeconds(30));
        assertThat(rate()).isZero();
        tell(DeliveryState.SENT, 1);
        assertThat(rate()).as("the same second of another minute").isEqualTo(1);
        assertThat(rates.lastMinute(new SenderKey(TENANT, new SenderId("nobody"))))
                .isZero();
    }

    private long rate() {
        return rates.lastMinute(new SenderKey(TENANT, SENDER));
    }

    private void tell(DeliveryState state, int times) {
        for (int i = 0; i < times; i++) {
            rates.deliveryChanged(new DeliveryChanged(new OutgoingMessage(
                    new UUID(0, i),
                    TENANT,
                    SENDER,
                    Optional.of(SENDER),
                    new Phone("+971500000901"),
                    "Hello",
                    Optional.empty(),
                    "key-" + i,
                    state,
                    Optional.empty(),
                    clock.instant(),
                    clock.instant())));
        }
    }
}
