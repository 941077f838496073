package io.sluice.apps.simulate.evaluate;

import io.sluice.apps.simulate.Summary;

/**
 * What a contender came to with predictions of one kind.
 *
 * @param highestRate highest rate at which enough requests meet their targets, per second
 * @param atCommonRate its run at the rate at which all are compared
 */
record Result(double highestRate, Summary atCommonRate) {

    double p99Ttft() {
        return atCommonRate.figure("ttft_p99_s");
    }

    double attainment() {
        return atCommonRate.figure("attainment");
    }

    double jain() {
        return atCommonRate.figure("jain");
    }
}
