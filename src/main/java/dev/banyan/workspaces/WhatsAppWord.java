package dev.banyan.workspaces;

/** How lists name the state of a workspace's number: {@code tone} is a class of the design system, such as "good". */
record WhatsAppWord(String tone, String word) {
    static final WhatsAppWord NONE = new WhatsAppWord("idle", "Not linked");
}
