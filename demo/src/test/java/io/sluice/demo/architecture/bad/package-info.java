/** Classes that break the rules, each in a package named after the module it would belong to. */
package io.sluice.demo.architecture.bad;
