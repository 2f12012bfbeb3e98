package dev.banyan.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import org.junit.jupiter.api.Test;

class SignatureTest {

    /// Made with the `standardwebhooks` package of the npm registry, version 1.0.0: `new Webhook(secret).sign(id, time,
    /// body)`. Its `verify` accepts what we send (docs/webhooks.md).
    @Test
    void signsAsTheReferenceLibraryDoes() {
        assertThat(Signature.of(
                        List.of("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"),
                        "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                        Instant.ofEpochSecond(1_649_367_553),
                        "{\"email\":\"test@example.com\",\"username\":\"test_user\"}"))
                .isEqualTo("v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
    }

    /// The verifier of the Standard Webhooks project, from Maven Central. It compares the time with the machine's.
    private static void verify(String secret, String id, Instant at, String signatures, String body)
            throws WebhookVerificationException {
        Map<String, List<String>> headers = Map.of(
                Webhook.UNBRANDED_MSG_ID_KEY, List.of(id),
                Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, List.of(Long.toString(at.getEpochSecond())),
                Webhook.UNBRANDED_MSG_SIGNATURE_KEY, List.of(signatures));
        new Webhook(secret).verify(body, headers);
    }

    @Test
    void aForeignVerifierAcceptsItAndNothingElse() throws WebhookVerificationException {
        String secret = Signature.newSecret();
        String former = Signature.newSecret();
        String body = "{\"type\":\"page.created\",\"data\":{\"name\":\"Café 🌿\"}}";
        Instant now = Clock.systemUTC().instant();
        String signatures = Signature.of(List.of(secret, former), "msg_1", now, body);
        verify(secret, "msg_1", now, signatures, body);
        verify(former, "msg_1", now, signatures, body);
        assertThatThrownBy(() -> verify(Signature.newSecret(), "msg_1", now, signatures, body))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(secret, "msg_2", now, signatures, body))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(secret, "msg_1", now, signatures, body + " "))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void whileASecretChangesBothSign() {
        String one = Signature.newSecret();
        String two = Signature.newSecret();

        String header = Signature.of(List.of(one, two), "msg_1", Instant.EPOCH, "{}");

        assertThat(header.split(" "))
                .containsExactly(
                        Signature.of(List.of(one), "msg_1", Instant.EPOCH, "{}"),
                        Signature.of(List.of(two), "msg_1", Instant.EPOCH, "{}"));
    }

    @Test
    void secretsHaveTheirForm() {
        assertThat(Signature.isSecret(Signature.newSecret())).isTrue();
        assertThat(Signature.newSecret()).isNotEqualTo(Signature.newSecret());
        assertThat(Signature.isSecret("whsec_c2hvcnQ=")).as("too short").isFalse();
        assertThat(Signature.isSecret("whsec_" + "A".repeat(100)))
                .as("too long")
                .isFalse();
        assertThat(Signature.isSecret("whsec_!!!")).isFalse();
        assertThat(Signature.isSecret("C2FVsBQIhrscChlQIMV+b5sSYspob7oD")).isFalse();
    }
}
