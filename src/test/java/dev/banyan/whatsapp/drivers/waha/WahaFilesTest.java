package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.WahaWorld.done;
import static dev.banyan.whatsapp.drivers.waha.WahaWorld.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.RemoteMedia;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WahaFilesTest {

    private static final byte[] PICTURE = {-1, -40, -1, 7};

    private final WahaWorld world = new WahaWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private RemoteMedia received() {
        return world.events(HookEvent.Message.class).getLast().media().orElseThrow();
    }

    private RemoteMedia sentByAmal(FakeContact amal) {
        amal.sendsFile("imageMessage", "image/jpeg", "cake.jpg", PICTURE, "Look");
        return received();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB", "WEBJS"})
    void aFileIsFetchedFromWhereWahaIsReachedAndNotFromWhatItCallsItself(String engine) {
        world.with(engine, "2026.9.2");
        world.linked();
        RemoteMedia media = sentByAmal(world.amal());
        assertThat(media.url()).startsWith("http://waha.internal:3000/");

        var file = done(world.gateway.download(world.line(), media));

        assertThat(file.bytes()).isEqualTo(PICTURE);
        assertThat(file.type()).isEqualTo("image/jpeg");
        assertThat(file.name()).isEqualTo("cake.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOWS", "NOWEB", "WEBJS"})
    void aFileThatWasDeletedMeanwhileIsAskedForAgain(String engine) {
        world.with(engine, "2026.9.2");
        world.linked();
        RemoteMedia media = sentByAmal(world.amal());
        world.waha.timePasses(Duration.ofMinutes(10));

        assertThat(done(world.gateway.download(world.line(), media)).bytes()).isEqualTo(PICTURE);
        assertThat(world.waha.calls()).anyMatch(call -> call.endsWith("?downloadMedia=true"));
    }

    @Test
    void aFileThatWahaDidNotDownloadIsAskedFor() {
        world.linked();
        RemoteMedia media = sentByAmal(world.amal().withoutDownload());
        assertThat(media.url()).isEmpty();
        assertThat(media.type()).as("It is in the raw message").isEqualTo("image/jpeg");

        assertThat(done(world.gateway.download(world.line(), media)).bytes()).isEqualTo(PICTURE);
    }

    /// Its message need not wait for it.
    @Test
    void aFileThatWahaNeverDownloadsIsUnknown() {
        world.linked();
        RemoteMedia media = sentByAmal(world.amal().withoutDownload());
        world.waha.downloadsNothing = true;

        assertThat(trouble(world.gateway.download(world.line(), media)).kind()).isEqualTo(Trouble.Kind.UNKNOWN);
    }

    /// It was tried when the message came, and again for us; its message is shown at once.
    @Test
    void aFileThatWahaFailedToDownloadTwiceIsUnknown() {
        world.linked();
        RemoteMedia media = sentByAmal(world.amal().withoutDownload());
        world.waha.failsToDownload = true;

        assertThat(trouble(world.gateway.download(world.line(), media)).kind()).isEqualTo(Trouble.Kind.UNKNOWN);
    }

    @Test
    void withoutTheKeyThereIsNoFile() {
        world.linked();
        RemoteMedia media = sentByAmal(world.amal());

        assertThat(trouble(world.gateway.download(world.lineWithKey("wrong"), media))
                        .kind())
                .isEqualTo(Trouble.Kind.CREDENTIALS);
    }

    @Test
    void aFileInAStorageElsewhereIsFetchedWithoutTheKey() {
        world.linked();
        var elsewhere = world.door.address("/bucket/cake.jpg?signature=x").toString();
        int before = world.door.requests.size();

        world.gateway.download(world.line(), new RemoteMedia("{}", elsewhere, "", "image/jpeg"));

        assertThat(world.door.requests).hasSize(before + 1);
        assertThat(world.door.requests.getLast().header("x-api-key")).isEmpty();
    }

    @Test
    void aFileOfAMessageThatIsGoneIsUnknown() {
        world.with("NOWEB", "2026.9.2");
        world.linked();
        var media = WahaFiles.remembered("971500000101@c.us", "false_971500000101@c.us_3EB0GONE", "", "", "");

        assertThat(trouble(world.gateway.download(world.line(), media)).kind()).isEqualTo(Trouble.Kind.UNKNOWN);
        assertThat(trouble(world.gateway.download(world.line(), new RemoteMedia("x", "", "", "")))
                        .kind())
                .isEqualTo(Trouble.Kind.UNKNOWN);
    }
}
