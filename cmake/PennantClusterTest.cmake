# SPDX-License-Identifier: GPL-3.0-or-later

# pennant_cluster_test(NAME COMMAND command... [NODES n] [WINDOW])
#
# A test against a real Kubernetes: COMMAND runs under tests/cluster/with-cluster, which says what it finds in its
# environment; with WINDOW also on a screen of its own. Needs root, and is skipped without it. Only one runs at a time.
function(pennant_cluster_test name)
    cmake_parse_arguments(TEST "WINDOW" "NODES" "COMMAND" ${ARGN})
    set(wrapper ${PROJECT_SOURCE_DIR}/tests/cluster/with-cluster)
    if(TEST_NODES)
        list(APPEND wrapper --nodes ${TEST_NODES})
    endif()
    if(TEST_WINDOW)
        list(APPEND wrapper ${PROJECT_SOURCE_DIR}/tests/support/with-window)
    endif()
    add_test(NAME ${name} COMMAND ${wrapper} ${TEST_COMMAND})
    pennant_mark_cluster_test(${name})
endfunction()

# pennant_mark_cluster_test(NAME): what holds for every test that starts a local cluster. The time-out leaves room for
# building Kubernetes, which the first of them does.
function(pennant_mark_cluster_test name)
    set_tests_properties(${name} PROPERTIES
        LABELS e2e
        RUN_SERIAL ON
        RESOURCE_LOCK cluster
        SKIP_RETURN_CODE 77
        TIMEOUT 2400)
endfunction()
