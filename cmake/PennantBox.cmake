# SPDX-License-Identifier: GPL-3.0-or-later

# Compile options that every target of the project shares.
add_library(pennant_options INTERFACE)
target_include_directories(pennant_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(pennant_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_DISABLE_DEPRECATED_BEFORE=0x060400)
target_compile_options(pennant_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion -Wno-sign-conversion
    -Wimplicit-fallthrough -Wformat=2 -Wnull-dereference
    # once it optimises, GCC 12 sees null dereferences in Qt's own inlined containers
    $<$<CONFIG:Release>:-Wno-null-dereference>
    $<$<BOOL:${PENNANT_WARNINGS_AS_ERRORS}>:-Werror>)
if(PENNANT_SANITIZE)
    target_compile_options(pennant_options INTERFACE -fsanitize=${PENNANT_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(pennant_options INTERFACE -fsanitize=${PENNANT_SANITIZE})
endif()

# pennant_box(NAME SOURCES file... [LINKS library...] [PRIVATE_LINKS library...])
#
# One box of the house: the static library pennant_NAME. LINKS are what its headers need, PRIVATE_LINKS what only its
# .cpp files need (third-party headers stay behind those).
function(pennant_box name)
    cmake_parse_arguments(BOX "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(pennant_${name} STATIC ${BOX_SOURCES})
    target_link_libraries(pennant_${name}
        PUBLIC pennant_options ${BOX_LINKS}
        PRIVATE ${BOX_PRIVATE_LINKS})
endfunction()

# pennant_test(NAME SOURCES file... LINKS library... [LABELS label...] [WINDOW])
#
# One QtTest binary, registered with CTest under its own name and run without a display; with WINDOW on an X server of
# its own with a window manager.
function(pennant_test name)
    cmake_parse_arguments(TEST "WINDOW" "" "SOURCES;LINKS;LABELS" ${ARGN})
    add_executable(${name} ${TEST_SOURCES})
    target_link_libraries(${name} PRIVATE pennant_options Qt6::Test ${TEST_LINKS})
    if(TEST_WINDOW)
        add_test(NAME ${name} COMMAND ${PROJECT_SOURCE_DIR}/tests/support/with-window $<TARGET_FILE:${name}>)
        set(platform xcb)
        # xvfb-run picks a free display and then takes it
        set_tests_properties(${name} PROPERTIES RESOURCE_LOCK screen)
    else()
        add_test(NAME ${name} COMMAND ${name})
        set(platform offscreen)
    endif()
    set_tests_properties(${name} PROPERTIES
        ENVIRONMENT "QT_QPA_PLATFORM=${platform};QT_QUICK_BACKEND=software;ASAN_OPTIONS=detect_leaks=0"
        TIMEOUT 300
        LABELS "${TEST_LABELS}")
endfunction()
