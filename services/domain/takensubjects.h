// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/stream.h"

#include <QSharedDataPointer>

#include <initializer_list>
#include <optional>

/// The streams that there are, of all accounts, and the subjects that they take: arranged by words, so that a form can
/// ask at each key, however many there are. A shared value.
class TakenSubjects final {
public:
    TakenSubjects();
    TakenSubjects(const QList<StreamSubjects> &streams); // NOLINT(google-explicit-constructor): the same, arranged
    TakenSubjects(std::initializer_list<StreamSubjects> streams);
    ~TakenSubjects();
    TakenSubjects(const TakenSubjects &other);
    TakenSubjects &operator=(const TakenSubjects &other);

    void add(const StreamSubjects &stream);
    const QList<StreamSubjects> &streams() const;
    bool contains(const StreamId &id) const;

    struct Overlap {
        QString ours;
        QString theirs;
        QString stream;

        bool operator==(const Overlap &) const = default;
    };

    /// The first of the account's streams, `own` aside, that takes a message which one of `subjects` takes.
    std::optional<Overlap> overlapOf(const QStringList &subjects, const StreamId &own) const;

private:
    class Data;
    QSharedDataPointer<Data> d;
};
