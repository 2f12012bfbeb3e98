package dev.banyan.platform.web.docs;

import module java.base;

/// One document as it is shown.
///
/// @param path its address
/// @param title its heading, without what only the file needs ("Guide: ")
/// @param html what it says, ready to be put into a page
/// @param sections in their order; the first is what comes before the second heading
/// @param pictures the addresses of the pictures it shows
record Document(String path, String title, String html, List<Section> sections, Set<String> pictures) {

    /// A heading and what is below it, up to the next one.
    ///
    /// @param level 1 for the title of the document
    /// @param text without any markup
    record Section(int level, String anchor, String title, String text) {}

    /// Returns what the menu lists below the document.
    List<Section> parts() {
        return sections.stream().filter(section -> section.level() == 2).toList();
    }
}
