package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.NAME;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.OWN;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.done;
import static dev.banyan.whatsapp.drivers.evolution.EvolutionWorld.trouble;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookEvent.StatusChanged;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is true about an instance, when its memory, its database and its webhooks say different things; and what proves
/// that it works.
class EvolutionStatesTest {

    private static NumberStatus status(EvolutionWorld world) {
        return done(world.gateway.status(world.line()));
    }

    private static NumberStatus ofAll(EvolutionWorld world) {
        return requireNonNull(done(world.gateway.statuses(world.access(), List.of(world.line())))
                .get(NAME));
    }

    private static State told(EvolutionWorld world) {
        return world.events(StatusChanged.class).getLast().status().state();
    }

    @Test
    void aLinkedInstanceWorks() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            assertThat(status(world)).isEqualTo(NumberStatus.working(OWN, "Marina Sweets"));
            assertThat(ofAll(world)).isEqualTo(status(world));
        }
    }

    /// The row stays open while the connection is lost.
    @Test
    void theMemoryIsBelievedAndNotTheRow() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.connectionBreaks(NAME);

            assertThat(status(world).state()).isEqualTo(State.STARTING);
            assertThat(ofAll(world).state()).isEqualTo(State.STARTING);
            assertThat(told(world)).isEqualTo(State.STARTING);
            world.fake.comesBack(NAME);
            assertThat(ofAll(world).state()).isEqualTo(State.WORKING);
            assertThat(told(world)).isEqualTo(State.WORKING);
        }
    }

    @Test
    void manyStatesCostOneCallForAllAndOneForEachThatMayWork() {
        try (var world = new EvolutionWorld()) {
            var lines = new ArrayList<Line>();
            for (int i = 0; i < 20; i++) {
                String name = "number-" + i;
                world.fake.linkedBefore(name, OWN.digits());
                lines.add(world.line(name, Optional.of(OWN), Optional.empty()));
            }
            world.fake.phoneRemovesTheDevice("number-7");
            lines.add(world.line("forgotten", Optional.of(OWN), Optional.empty()));
            lines.add(world.line("never made", Optional.empty(), Optional.empty()));
            world.fake.forgetRequests();

            var states = done(world.gateway.statuses(world.access(), lines));

            assertThat(states).hasSize(22);
            assertThat(requireNonNull(states.get("number-0")).state()).isEqualTo(State.WORKING);
            assertThat(requireNonNull(states.get("number-7")).state()).isEqualTo(State.UNLINKED);
            assertThat(requireNonNull(states.get("forgotten")).state()).isEqualTo(State.UNLINKED);
            assertThat(requireNonNull(states.get("never made")).state()).isEqualTo(State.STOPPED);
            assertThat(world.fake.requests())
                    .filteredOn(request -> request.contains("fetchInstances"))
                    .hasSize(1);
            assertThat(world.fake.requests()).hasSize(20);
        }
    }

    @Test
    void theRowCountsWhereTheMemoryCannotBeAsked() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.refuses("connectionState", 500, "broken");

            assertThat(ofAll(world).state()).isEqualTo(State.WORKING);
        }
    }

    @ParameterizedTest
    @CsvSource({"402, BANNED", "403, BANNED", "406, BANNED"})
    void finalCodesAreBans(int code, State state) {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.connectionBreaks(NAME, code);

            assertThat(status(world).state()).isEqualTo(state);
            assertThat(status(world).reason()).contains(Integer.toString(code));
            assertThat(ofAll(world)).isEqualTo(status(world));
            assertThat(told(world)).isEqualTo(state);
        }
    }

    /// A logout told by a webhook may be noise, so it is only a reason to ask.
    @Test
    void aRemovedDeviceIsUnlinkedOnceItIsConfirmed() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.phoneRemovesTheDevice(NAME);

            assertThat(world.events(StatusChanged.class))
                    .isNotEmpty()
                    .allMatch(event -> event.status().state() == State.STARTING);
            assertThat(status(world).state()).isEqualTo(State.UNLINKED);
        }
    }

    @Test
    void aLogoutRightAfterLinkingIsNoise() {
        try (var world = new EvolutionWorld()) {
            done(world.gateway.prepare(world.newLine()));
            done(world.gateway.start(world.newLine()));
            world.fake.phoneScansWithNoise(NAME, OWN.digits());

            assertThat(world.events(StatusChanged.class))
                    .noneMatch(event -> event.status().state() == State.UNLINKED)
                    .last()
                    .satisfies(event -> assertThat(event.status().phone()).contains(OWN));
            assertThat(status(world).state()).isEqualTo(State.WORKING);
        }
    }

    /// The reason of an earlier end stays in the row.
    @Test
    void anOldReasonMeansNothingForAnInstanceThatWorksAgain() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.phoneRemovesTheDevice(NAME);
            done(world.gateway.start(world.line()));
            assertThat(status(world).state()).isEqualTo(State.CODE);
            world.fake.phoneScans(NAME, OWN.digits());

            assertThat(status(world).state()).isEqualTo(State.WORKING);
            world.fake.connectionBreaks(NAME);
            assertThat(status(world).state()).isEqualTo(State.STARTING);
        }
    }

    @Test
    void aLostNetworkIsNothingUntil24WhereItCostsTheLink() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.connectionBreaks(NAME, 408);
            assertThat(status(world).state()).isEqualTo(State.STARTING);
        }
        try (var world = EvolutionWorld.linked(Version.V2_4_0)) {
            world.fake.connectionBreaks(NAME, 408);
            assertThat(status(world).state()).isEqualTo(State.UNLINKED);
            assertThat(status(world).reason()).contains("network drop, 408");
            assertThat(told(world)).isEqualTo(State.UNLINKED);
        }
    }

    /// Two servers that share keys fight; the gateway itself would go on for ever.
    @Test
    void aConflictIsLeftToPeople() {
        assertThat(EvolutionStates.told(440, EvolutionVersion.OLDEST).state()).isEqualTo(State.BLOCKED);
        assertThat(EvolutionStates.told(405, EvolutionVersion.OLDEST).state()).isEqualTo(State.BLOCKED);
        assertThat(EvolutionStates.told(411, EvolutionVersion.OLDEST).state()).isEqualTo(State.UNLINKED);
        assertThat(EvolutionStates.told(503, EvolutionVersion.OLDEST).state()).isEqualTo(State.STARTING);
    }

    /// The row is `connecting` as long as codes are shown, and in a server that does it otherwise, also without them.
    @Test
    void aNumberThatWasLinkedBeforeShowsCodesOnlyIfThereIsOne() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.connectionBreaks(NAME);
            world.fake.rowSays(NAME, "connecting");
            world.fake.answers("/instance/connect/", 200, "{\"code\":null,\"count\":0}");
            assertThat(status(world).state()).isEqualTo(State.STARTING);

            world.fake.answers("/instance/connect/", 200, "{\"code\":\"2@x\",\"count\":1}");
            assertThat(ofAll(world).state()).isEqualTo(State.CODE);
        }
    }

    @Test
    void onlyWhatExistsAndIsWhatsAppWebCanBeAdopted() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            assertThat(done(world.gateway.numberOf(world.access(), NAME)).phone())
                    .contains(OWN);
            assertThat(trouble(world.gateway.numberOf(world.access(), "unknown"))
                            .kind())
                    .isEqualTo(Trouble.Kind.UNKNOWN);
            world.fake.answers(
                    "fetchInstances", 200, "[{\"name\":\"shop dubai\",\"integration\":\"WHATSAPP-BUSINESS\"}]");
            assertThat(trouble(world.gateway.numberOf(world.access(), NAME)).kind())
                    .isEqualTo(Trouble.Kind.UNKNOWN);
        }
    }

    @Test
    void aStormOfReconnectsIsOnlyEverStarting() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.storm(NAME, 300);

            assertThat(world.events(StatusChanged.class))
                    .hasSize(300)
                    .allMatch(event -> event.status().state() == State.STARTING);
        }
    }

    @Test
    void proofNeedsWhatsAppsAnswer() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            assertThat(done(world.gateway.prove(world.line()))).isTrue();
            assertThat(done(world.gateway.prove(world.newLine()))).isTrue();
            assertThat(world.fake.requests()).anyMatch(request -> request.contains("fetchProfilePictureUrl"));
        }
    }

    @Test
    void aFrozenInstanceSaysOpenAndProvesNothing() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.freeze(NAME, true);

            assertThat(status(world).state()).isEqualTo(State.WORKING);
            assertThat(done(world.impatient().prove(world.line()))).isFalse();
        }
    }

    /// The gateway hides that the picture could not be asked for; the business profile shows it.
    @Test
    void anAnswerWithoutAPictureIsNoProofYet() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.socketIsGone(NAME);

            assertThat(done(world.gateway.prove(world.line()))).isFalse();
            assertThat(world.fake.requests()).anyMatch(request -> request.contains("fetchBusinessProfile"));
        }
    }

    @Test
    void aNumberWithoutAPictureIsProvedByItsProfile() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.answers("fetchProfilePictureUrl", 200, "{\"wuid\":\"x\",\"profilePictureUrl\":null}");
            assertThat(done(world.gateway.prove(world.line()))).isTrue();

            world.fake.answers("fetchProfilePictureUrl", 200, "{\"wuid\":\"x\",\"profilePictureUrl\":null}");
            world.fake.refuses("fetchBusinessProfile", 404, "Cannot POST /chat/fetchBusinessProfile");
            assertThat(done(world.gateway.prove(world.line()))).isTrue();
        }
    }

    @Test
    void aReconnectingInstanceProvesNothing() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.connectionBreaks(NAME);

            assertThat(done(world.gateway.prove(world.line()))).isFalse();
        }
    }

    @Test
    void aServerThatFailsIsNotAnInstanceThatFails() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.refuses("connectionState", 500, "broken");

            assertThat(trouble(world.gateway.prove(world.line())).kind()).isEqualTo(Trouble.Kind.LATER);
        }
    }

    @Test
    void restartConnectsAnew() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            assertThat(done(world.gateway.restart(world.line())).state()).isEqualTo(State.STARTING);
            assertThat(world.events()).anyMatch(HookEvent.StatusChanged.class::isInstance);
            assertThat(status(world).state()).isEqualTo(State.WORKING);
        }
    }

    /// A closed instance answers a restart with HTTP 200 and an error.
    @Test
    void restartStartsAClosedInstance() {
        try (var world = EvolutionWorld.linked(Version.V2_4_0)) {
            world.restart(true);
            assertThat(status(world).state()).isEqualTo(State.STOPPED);

            assertThat(done(world.gateway.restart(world.line())).state()).isEqualTo(State.WORKING);
        }
    }

    /// Starting it would only make QR codes that no one scans.
    @Test
    void restartLeavesAnUnlinkedInstanceAlone() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.fake.phoneRemovesTheDevice(NAME);
            world.fake.forgetRequests();

            assertThat(done(world.gateway.restart(world.line())).state()).isEqualTo(State.UNLINKED);
            assertThat(world.fake.requests()).noneMatch(request -> request.contains("/instance/connect/"));
        }
    }

    @Test
    void instancesReconnectAfterTheServerHasRestarted() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.restart(true);

            assertThat(status(world).state()).isEqualTo(State.WORKING);
        }
    }

    /// In 2.4, instances stay closed after a restart and say nothing; the row still says open.
    @Test
    void instancesThatStayClosedAfterARestartAreSeenAndStarted() {
        try (var world = EvolutionWorld.linked(Version.V2_4_0)) {
            world.restart(true);

            assertThat(ofAll(world).state()).isEqualTo(State.STOPPED);
            assertThat(done(world.gateway.start(world.line())).state()).isEqualTo(State.WORKING);
        }
    }

    @Test
    void aServerThatForgetsUnlinks() {
        try (var world = EvolutionWorld.linked(Version.V2_3_7)) {
            world.restart(false);

            assertThat(status(world).state()).isEqualTo(State.UNLINKED);
            assertThat(ofAll(world).state()).isEqualTo(State.UNLINKED);
            assertThat(trouble(world.gateway.prove(world.line())).kind()).isEqualTo(Trouble.Kind.UNKNOWN);
        }
    }
}
