package dev.banyan.browser;

import module java.base;
import org.junit.jupiter.api.extension.ExtendWith;

/// Test classes with a [Stage] as constructor parameter: one packaged server and one Chromium, shared by all such
/// classes.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StageExtension.class)
@interface BrowserTest {}
