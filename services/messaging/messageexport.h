// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/domain/streammessage.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class SavedFile;

/// Which messages of a stream are exported: those from `first` to `last` on `subject`.
struct ExportRange {
    QString subject; ///< empty: any
    quint64 first = 1;
    quint64 last = 0;

    bool operator==(const ExportRange &) const = default;
};

/// Writes messages into a file, one JSON document a line (toJsonLine()), a page at a time: all of it or no file. Ends
/// when it is destroyed. GUI thread.
class MessageExport final : public QObject {
    Q_OBJECT

public:
    using Read = std::function<Flow<MessagePage>(const MessageQuery &)>;

    explicit MessageExport(Read read, QObject *parent = nullptr);
    ~MessageExport() override;

    void start(const ExportRange &range, const QString &file);
    /// Those that were read already.
    void start(const QList<StreamMessage> &messages, const QString &file);
    /// Leaves nothing behind; ended() tells. Nothing once all is written.
    void cancel();

    bool isRunning() const { return m_running.isRunning(); }
    /// Messages written so far.
    quint64 count() const { return m_count; }
    qint64 bytes() const { return m_bytes; }
    /// How far into the range it has come: 0 to 1.
    double progress() const;
    QString file() const { return m_path; }

Q_SIGNALS:
    void progressed();
    /// Whole, or why not: Cancelled where a person has stopped it.
    void ended(const std::optional<Error> &problem);

private:
    void begin(Flow<void> flow);
    Flow<void> writeRange(ExportRange range);
    Flow<void> writeAll(QList<StreamMessage> messages);
    Flow<void> write(QList<StreamMessage> messages);
    Flow<void> close();
    void prepare(const QString &file, const ExportRange &range);

    Read m_read;
    QString m_path;
    ExportRange m_range;
    quint64 m_reached = 0;
    quint64 m_count = 0;
    qint64 m_bytes = 0;
    bool m_isClosing = false;
    std::unique_ptr<SavedFile> m_file;
    Flow<void> m_running;
};
