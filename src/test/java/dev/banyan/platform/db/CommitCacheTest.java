package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class CommitCacheTest {

    private final AtomicLong nanos = new AtomicLong(-1);
    private final CommitCache answers = new CommitCache(nanos::get);

    @Test
    void aCommitEndsThem() {
        Map<Object, Object> before = answers.now();
        before.put("question", "old");
        assertThat(answers.now()).containsEntry("question", "old");

        answers.forget();
        assertThat(answers.now()).isEmpty();

        before.put("another", "by a reader that began before the commit");
        assertThat(answers.now()).isEmpty();
    }

    @Test
    void theyLastForASecond() {
        answers.now().put("question", "answer");

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(answers.now()).isNotEmpty();

        nanos.addAndGet(1);
        assertThat(answers.now()).isEmpty();
    }

    @Test
    void tooManyAreNotKept() {
        for (int i = 0; i < 5_000; i++) {
            answers.now().put(i, "answer");
        }
        assertThat(answers.now()).isEmpty();

        answers.forget();
        answers.now().put("question", "answer");
        assertThat(answers.now()).isNotEmpty();
    }
}
