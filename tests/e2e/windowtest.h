// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/mainwindow.h"
#include "services/base/clock.h"
#include "services/keychain/keptpasswords.h"
#include "tests/e2e/windowdriver.h"

#include <QApplication>
#include <QObject>

#include <memory>

class ClusterCatalog;
class Messaging;

/// A test that drives the real window on the real cluster. Its steps build on each other: what one of them finds wrong
/// ends the rest. Skipped as a whole where there is no cluster.
class WindowTest : public QObject {
    Q_OBJECT

public:
    /// Without `makeKeychain`, passwords are kept as in a keychain that is never locked and ends with the test.
    explicit WindowTest(KeptPasswords::MakeStore makeKeychain = {});
    ~WindowTest() override;

protected:
    /// Opens the window as the program does, on `kubeconfig` (empty: the administrator's) and `context` (empty: its
    /// current one), with Messaging in `nameSpace` (empty: where it finds it). The window before, with all its
    /// services, ends at once, whatever it was doing.
    void openWindow(const QString &kubeconfig = {}, const QString &context = {}, const QString &nameSpace = {});
    void closeWindow();
    /// Where the program's settings are.
    static QString settingsFolder();

    /// Services as the window gets them, for asking them without a window.
    Result<std::unique_ptr<Messaging>> connectTo(const ClusterAccess &access, const QString &nameSpace);

    std::unique_ptr<WindowDriver> m_driver; ///< of the window that is open

protected Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

private:
    SystemClock m_clock;
    KeptPasswords m_passwords;
    std::unique_ptr<ClusterCatalog> m_catalog;
    std::unique_ptr<MainWindow> m_window;
    bool m_mayGoOn = true;
};

/// With the look of the program, and settings of its own that are forgotten when it ends.
std::unique_ptr<QApplication> createTestApplication(int &argc, char **argv);
/// The same of one that is there, as the first thing.
void prepareTestApplication(QApplication &application);
