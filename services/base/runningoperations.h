// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>

#include <functional>

/// What a person has begun on one cluster and what goes on by itself until its end, but not longer than the program
/// does: backups, imports, files that are being written. In the order in which they were begun. Whoever shows one keeps
/// its Entry. GUI thread.
class RunningOperations final : public QObject {
    Q_OBJECT

public:
    struct Operation {
        QString title; ///< "Backup of orders"
        std::function<void()> show = {}; ///< brings into sight where its progress stands
        std::function<void()> stop = {}; ///< clears away what there is of it so far; also once what shows it has gone
        int percent = -1; ///< -1: not known
        int number = 0; ///< that no other has, in whatever list
    };

    /// An operation in the list, for as long as this lives.
    class Entry final {
    public:
        Entry() = default;
        /// No `list`: it stands nowhere.
        Entry(RunningOperations *list, Operation operation);
        ~Entry();
        Entry(Entry &&other) noexcept;
        Entry &operator=(Entry &&other) noexcept;

        void setPercent(int percent);

    private:
        void leave();

        QPointer<RunningOperations> m_list;
        int m_number = 0;
    };

    using QObject::QObject;

    const QList<Operation> &all() const { return m_running; }
    QStringList titles() const;

Q_SIGNALS:
    void changed();

private:
    QList<Operation> m_running;
};
