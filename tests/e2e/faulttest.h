// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/windowtest.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>

/// A test that measures in the real window how soon it says that something is wrong and how soon it is well again. The
/// table of what came out is printed at the end; what is checked is that each fault is seen and mended.
class FaultTest : public WindowTest {
    Q_OBJECT

protected:
    using Condition = std::function<bool()>;

    /// One fault. What is not given is looked for above the tabs: whether it says Stale or Live, and why.
    struct Fault {
        QString name;
        Condition inflict;
        int lasts = 5; ///< seconds, from when it was seen
        Condition mend;
        Condition isSeen = {};
        Condition isWell = {};
        std::function<QString()> said = {};
        Condition isMended = {}; ///< where others mend it: waited for after `mend`, and healing counts from then on
    };
    void measure(const Fault &fault);
    /// A fault that `local-cluster VERB PROGRAM` inflicts.
    void measureProgram(const QString &name, const QString &verb, const QString &program, int lasts);
    /// One that was measured otherwise. `seen`: nothing where there was nothing to be seen.
    void note(const QString &fault, const QString &said, std::optional<double> seen, double healed);

    bool isStale() const;
    bool isLive() const;
    QString banner() const;

protected Q_SLOTS:
    void cleanupTestCase();

private:
    struct Row {
        QString fault;
        QString said;
        std::optional<double> seen; ///< seconds
        double healed;
    };

    QList<Row> m_rows;
};
