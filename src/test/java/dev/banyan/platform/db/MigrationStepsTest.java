package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MigrationStepsTest {

    @Test
    void aNewFolderIsNotUpgraded() {
        var steps = new MigrationSteps("The data folder /srv/banyan");
        steps.expect(102, true);
        assertThat(steps.text()).isEqualTo("The data folder /srv/banyan is being set up: step 0 of 102");
        steps.expect(6, false);
        assertThat(steps.text()).isEqualTo("The data folder /srv/banyan is being upgraded: step 0 of 6");
    }
}
