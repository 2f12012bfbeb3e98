package dev.banyan.workspaces.assistant;

import module java.base;

/// An answer in progress: one side writes its parts, the other receives them and may stop it.
public final class Answering {

    private final Consumer<String> listener;
    private final List<Runnable> whenStopped = new ArrayList<>();
    private boolean stopped;

    public Answering(Consumer<String> listener) {
        this.listener = listener;
    }

    /// Adds the next words unless it was stopped.
    public void part(String words) {
        if (!isStopped()) {
            listener.accept(words);
        }
    }

    public synchronized boolean isStopped() {
        return stopped;
    }

    /// Runs when the answer is stopped, or at once if it was: closes what the writer is waiting for.
    public void onStop(Runnable end) {
        synchronized (this) {
            if (!stopped) {
                whenStopped.add(end);
                return;
            }
        }
        end.run();
    }

    public void stop() {
        List<Runnable> ends;
        synchronized (this) {
            stopped = true;
            ends = List.copyOf(whenStopped);
            whenStopped.clear();
        }
        ends.forEach(Runnable::run);
    }
}
