// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "widgets/logs/logexcerpt.h"

#include <QMimeData>
#include <QObject>

/// Puts parts of a log on the clipboard. The text of a large one is made in the background: it takes longer than a
/// frame. GUI thread.
class LogClipboard final : public QObject {
    Q_OBJECT

public:
    /// What is no larger than this is on the clipboard when copy() returns.
    static constexpr qsizetype smallBytes = 1024 * 1024;

    using QObject::QObject;

    /// The last one copied counts, whichever text is made first.
    void copy(const LogExcerpt &excerpt);
    /// For the middle mouse button, where the platform has such a selection.
    void offer(const LogExcerpt &excerpt);

Q_SIGNALS:
    /// It is on the clipboard now.
    void copied(qint64 lines);

private:
    Pending<QString> m_making;
};

/// An excerpt whose text is made when somebody pastes it: most selections are never asked for.
class LogMimeData final : public QMimeData {
    Q_OBJECT

public:
    explicit LogMimeData(LogExcerpt excerpt);

    QStringList formats() const override;
    bool hasFormat(const QString &mimeType) const override;

protected:
    QVariant retrieveData(const QString &mimeType, QMetaType preferredType) const override;

private:
    LogExcerpt m_excerpt;
};
