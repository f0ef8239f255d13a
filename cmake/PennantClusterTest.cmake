# SPDX-License-Identifier: GPL-3.0-or-later

# pennant_cluster_test(NAME (SOURCES file... LINKS library... | COMMAND command...) [NODES n] [WINDOW])
#
# A test against a real Kubernetes: a QtTest binary or any command, run under tests/cluster/with-cluster, which says what
# it finds in its environment; with WINDOW also on a screen of its own with a window manager, otherwise without a display.
# Needs root, and is skipped without it. Only one runs at a time.
function(pennant_cluster_test name)
    cmake_parse_arguments(TEST "WINDOW" "NODES" "SOURCES;LINKS;COMMAND" ${ARGN})
    set(wrapper ${PROJECT_SOURCE_DIR}/tests/cluster/with-cluster)
    if(TEST_NODES)
        list(APPEND wrapper --nodes ${TEST_NODES})
    endif()
    if(TEST_WINDOW)
        list(APPEND wrapper ${PROJECT_SOURCE_DIR}/tests/support/with-window)
    endif()
    if(TEST_SOURCES)
        add_executable(${name} ${TEST_SOURCES})
        target_link_libraries(${name} PRIVATE pennant_options Qt6::Test ${TEST_LINKS})
        set(TEST_COMMAND $<TARGET_FILE:${name}>)
    endif()
    add_test(NAME ${name} COMMAND ${wrapper} ${TEST_COMMAND})
    pennant_mark_cluster_test(${name})
    # QtTest's own watchdog may take several functions for one; CTest's time-out is the limit
    set(environment "ASAN_OPTIONS=detect_leaks=0" "QTEST_FUNCTION_TIMEOUT=2400000")
    if(NOT TEST_WINDOW)
        list(APPEND environment "QT_QPA_PLATFORM=offscreen")
    endif()
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "${environment}")
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
