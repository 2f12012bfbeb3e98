package dev.banyan.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class MailStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Instant LATER = NOW.plusSeconds(600);
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;

    MailStoreContractTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void sendWhatOtherTestsLeft() {
        due(Instant.parse("2100-01-01T00:00:00Z")).forEach(mail -> write(store -> store.sent(mail, NOW)));
    }

    @Test
    void aMailIsDueFromItsMomentOnAsItWasStored() {
        Mail mail = stored(NOW);

        assertThat(due(NOW.minusMillis(1))).isEmpty();
        assertThat(due(NOW)).containsExactly(mail);
    }

    @Test
    void theLongestWaitingComesFirstAndNotMoreThanAskedFor() {
        Mail newer = stored(NOW);
        Mail older = stored(NOW.minusSeconds(1));

        assertThat(claim(1)).containsExactly(older);
        assertThat(claim(2)).containsExactly(newer);
    }

    @Test
    void aClaimedMailIsNotDueForOthersUntilItsTimeIsOver() {
        Mail mail = stored(NOW);

        assertThat(claim(10)).containsExactly(mail);
        assertThat(claim(10)).isEmpty();
        assertThat(due(LATER.minusMillis(1))).isEmpty();
        assertThat(due(LATER)).containsExactly(mail);
    }

    private List<Mail> claim(int limit) {
        return database.write(tx -> new MailStore(tx).claim(NOW, LATER, limit));
    }

    @Test
    void aMailThatWasSentIsNotDueAgain() {
        Mail mail = stored(NOW);
        Mail other = stored(NOW);

        write(store -> store.sent(mail, NOW));

        assertThat(due(NOW.plus(Duration.ofDays(365)))).containsExactly(other);
    }

    @Test
    void aMailThatFailedIsDueAgainAndItsAttemptsAreCounted() {
        Mail mail = stored(NOW);
        Instant later = NOW.plusSeconds(60);

        write(store -> store.failed(mail, MailState.FAILING, later, "refused"));

        assertThat(due(later.minusMillis(1))).isEmpty();
        assertThat(due(later))
                .containsExactly(
                        new Mail(mail.id(), mail.recipient(), mail.subject(), mail.body(), 1, Optional.empty()));
    }

    /// Codes are waited for; and a list of one tenant is as slow as it is long, for that tenant alone.
    @Test
    void urgentMailsComeFirstAndTheMailsOfOneSourceTakeTurnsWithOthers() {
        List<Mail> many = IntStream.range(0, 4)
                .mapToObj(_ -> stored(MailKind.INVITATION, "acme", NOW))
                .toList();
        Mail other = stored(MailKind.INVITATION, "rival", NOW.plusMillis(1_500));
        Mail code = stored(MailKind.SIGN_IN, "acme", NOW.plusMillis(1_600));

        assertThat(due(NOW.plusSeconds(2)))
                .containsExactly(code, many.get(0), many.get(1), other, many.get(2), many.get(3));
    }

    /// An agency sends all its workspace users links for new passwords, and others wait for their codes.
    @Test
    void urgentMailsOfOneSourceTakeTurnsToo() {
        List<Mail> many = IntStream.range(0, 3)
                .mapToObj(_ -> stored(MailKind.SIGN_IN, "acme", NOW))
                .toList();
        Mail invitation = stored(MailKind.INVITATION, "acme", NOW);
        Mail code = stored(MailKind.CONFIRMATION, "maya@example.com", NOW.plusMillis(500));

        assertThat(due(NOW.plusSeconds(2))).containsExactly(many.get(0), code, many.get(1), many.get(2), invitation);
    }

    private static Mail mail() {
        return new Mail(UUIDS.next(), "maya@example.com", "Grüße 🌿", "Line one\n\nLine “two”\n", 0, Optional.empty());
    }

    private Mail stored(MailKind kind, String source, Instant when) {
        Mail mail = mail();
        write(store -> store.insert(mail, kind, source, when));
        return mail;
    }

    private Mail stored(Instant when) {
        Mail mail = mail();
        write(store -> store.insert(mail, MailKind.OTHER, mail.id().toString(), when));
        return mail;
    }

    private List<Mail> due(Instant now) {
        return database.write(tx -> new MailStore(tx).claim(now, now, 100));
    }

    private void write(Consumer<MailStore> work) {
        database.write(tx -> {
            work.accept(new MailStore(tx));
            return "done";
        });
    }
}
