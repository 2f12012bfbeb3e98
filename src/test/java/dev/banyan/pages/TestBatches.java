package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.domains.Loops;
import dev.banyan.accounts.domains.OwnHosts;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;

/// Batches of a server whose addresses lead nowhere.
final class TestBatches {

    private TestBatches() {}

    static LinkBatch.Batches of(Uuids uuids) {
        return new LinkBatch.Batches(uuids, new Loops(new OwnHosts(Settings.forTests(Path.of("target"))), List.of()));
    }
}
